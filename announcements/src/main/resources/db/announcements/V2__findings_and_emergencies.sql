-- What a finding that was let stand says, so that it is shown as it was and not as a later guard would see it.
alter table announcements.announcement_reason add column language varchar(8);
alter table announcements.announcement_reason add column place varchar(20);
alter table announcements.announcement_reason add column rule_code varchar(24);
alter table announcements.announcement_reason add column passage varchar(1000);
alter table announcements.announcement_reason add column sentence varchar(4000);

-- One emergency at a time waits for its review: whoever sends one takes this row first.
create table announcements.emergency_turn (
    id integer primary key
);
insert into announcements.emergency_turn (id) values (1);
