-- When a delivery that waits for another try was first reserved for one: the Date of its mail, which retries do not change.
alter table retries add column dated timestamp with time zone;
