-- Who wrote, approved or published, by the name and the roles of then: it is the site's work, and has to be proved when that person is gone.
create table announcements.announcement_decider (
    id varchar(80) primary key,
    announcement uuid not null,
    account uuid not null,
    name varchar(200) not null,
    roles varchar(200) not null
);
create index announcement_decider_of on announcements.announcement_decider (announcement);
create index announcement_decider_by on announcements.announcement_decider (account);
