-- Who may know of a newsletter, read it and join it: PUBLIC, MEMBERS or INVITED.
alter table newsletter add column access varchar(10) default 'PUBLIC' not null;
-- When staff last invited her; null if she came by herself or with a list.
alter table subscription add column invited_at timestamp with time zone;
