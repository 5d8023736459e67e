-- Receivers that are spared for a while: they asked for it, or put off too much. Every node keeps to it.
create table receiving_limits (
    receiver varchar(255) primary key,
    since timestamp with time zone not null,
    until timestamp with time zone not null,
    at_once integer not null,
    -- 0: nothing at all
    per_minute integer not null,
    reason varchar(300) not null
);
create index receiving_limits_until on receiving_limits (until);

-- What a mailing keeps to besides: spread over so many seconds, so many a second, only between two times of the day.
alter table mailings add column spread_seconds integer default 0 not null;
alter table mailings add column per_second integer default 0 not null;
alter table mailings add column opens_at time;
alter table mailings add column closes_at time;
