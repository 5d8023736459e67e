-- What became of tries and why, by hour; written with the outcomes. Mailing 0: letters. A mailing has a few rows an hour.
create table tries_by_hour (
    at_hour timestamp with time zone not null,
    mailing integer not null,
    lane smallint not null,
    outcome smallint not null,
    reason varchar(30) not null,
    n bigint not null,
    primary key (at_hour, mailing, lane, outcome, reason)
);

-- The same by minute and mailing, for the rule that stops a mailing; kept for a day. Emptied when the mailing is resumed.
create table mailing_minutes (
    mailing integer not null,
    at timestamp with time zone not null,
    tries bigint not null,
    ours bigint not null,
    configuration bigint not null,
    primary key (mailing, at)
);

-- Why a mailing stopped by itself, and when staff let it go on.
alter table mailings add column resumed_at timestamp with time zone;
alter table mailings add column stopped_at timestamp with time zone;
alter table mailings add column stopped_reason varchar(30);
alter table mailings add column stopped_said varchar(500);
alter table mailings add column stopped_tries bigint default 0 not null;
alter table mailings add column stopped_ours bigint default 0 not null;

-- Servers refuse us because of how this site is set up.
create table alarms (
    reason varchar(30) primary key,
    first_at timestamp with time zone not null,
    last_at timestamp with time zone not null,
    n bigint not null,
    said varchar(500) not null
);

-- What came back, by day in UTC. Mailing 0: a letter, or unknown.
create table returns_by_day (
    on_day date not null,
    mailing integer not null,
    sort varchar(20) not null,
    reason varchar(30) not null,
    n bigint not null,
    primary key (on_day, mailing, sort, reason)
);
