-- When a draft was thrown away: it can be brought back for a week, and is deleted then.
alter table issue add column discarded_at timestamp with time zone;
