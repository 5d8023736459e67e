-- The outcome that an update tells: part of what is approved, and public with it.
alter table announcements.announcement add column ending varchar(12);
-- When that was over which was closed without a mail.
alter table announcements.announcement add column finished_at timestamp with time zone;
-- When announcers were reminded that nobody has said how it ended.
alter table announcements.announcement add column reminded_at timestamp with time zone;
-- The window for which the text was last written.
alter table announcements.announcement_wording add column written_for varchar(130);

-- Until now the clock alone ended a maintenance. What it ended stays so.
update announcements.announcement a set outcome = 'COMPLETED', closed_at = ends_at
where a.type = 'MAINTENANCE' and a.state = 'PUBLISHED' and a.outcome is null and a.ends_at < current_timestamp
    and not exists (
        select 1 from announcements.announcement b
        where b.thread = a.thread and b.state = 'PUBLISHED' and b.sequence_number > a.sequence_number);

-- The mail as it went out; nothing in it is about a person.
create table announcements.announcement_sent (
    announcement uuid not null references announcements.announcement (id),
    language varchar(8) not null,
    subject varchar(1000) not null,
    html text not null,
    plain text not null,
    primary key (announcement, language)
);

-- The text that a new site begins with: the site's name and address for questions are filled in when it is read.
alter table announcements.policy_version add column shipped boolean default false not null;
