-- What was done with an announcement, a row a step: by whom, when, and why where a reason was asked for. A step that is void is gone.
create table announcements.announcement_step (
    announcement uuid not null references announcements.announcement (id),
    step varchar(12) not null,
    account varchar(36),
    taken_at timestamp with time zone not null,
    words varchar(2000) not null,
    primary key (announcement, step)
);

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'SUBMITTED', submitted_by, submitted_at, '' from announcements.announcement
where submitted_by is not null and submitted_at is not null;

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'APPROVED', approved_by, approved_at, '' from announcements.announcement
where approved_by is not null and approved_at is not null;

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'REJECTED', rejected_by, rejected_at, coalesce(rejection, '') from announcements.announcement
where rejected_by is not null and rejected_at is not null;

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'PUBLISHED', published_by, published_on, coalesce(override_reason, '') from announcements.announcement
where published_by is not null and published_on is not null;

-- A review was due a day after it was sent.
insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'EMERGENCY', published_by, published_on, emergency_reason from announcements.announcement
where emergency_reason is not null and published_on is not null;

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'REVIEWED', reviewed_by, reviewed_at, coalesce(judgement, '') from announcements.announcement
where reviewed_by is not null and reviewed_at is not null;

insert into announcements.announcement_step (announcement, step, account, taken_at, words)
select id, 'REMINDED', null, reminded_at, '' from announcements.announcement
where reminded_at is not null;

-- From here on it is there as long as the review is owed.
update announcements.announcement set review_due_at = null where reviewed_at is not null;

alter table announcements.announcement drop column submitted_by;
alter table announcements.announcement drop column submitted_at;
alter table announcements.announcement drop column approved_by;
alter table announcements.announcement drop column approved_at;
alter table announcements.announcement drop column rejected_by;
alter table announcements.announcement drop column rejected_at;
alter table announcements.announcement drop column rejection;
alter table announcements.announcement drop column published_by;
alter table announcements.announcement drop column published_on;
alter table announcements.announcement drop column override_reason;
alter table announcements.announcement drop column emergency_reason;
alter table announcements.announcement drop column reviewed_by;
alter table announcements.announcement drop column reviewed_at;
alter table announcements.announcement drop column judgement;
alter table announcements.announcement drop column reminded_at;
