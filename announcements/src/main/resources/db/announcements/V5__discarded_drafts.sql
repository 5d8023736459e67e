-- When a draft was thrown away: it can be brought back for a week, and is deleted then.
alter table announcements.announcement add column discarded_at timestamp with time zone;
alter table announcements.policy_version add column discarded_at timestamp with time zone;
