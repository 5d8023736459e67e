-- When she was welcomed: once, ever.
alter table subscription add column welcomed_at timestamp with time zone;
-- Whether she said why she left, not what she said.
alter table subscription add column said_why boolean default false not null;

-- Who wants nothing until then: a row for each that is paused, looked up by every claim.
create table pause (
    subscription uuid primary key references subscription (id) on delete cascade,
    newsletter uuid not null,
    until_when timestamp with time zone not null
);
create index pause_by_newsletter on pause (newsletter, until_when);

-- Why people leave, as numbers that lead to nobody.
create table leaving_reason (
    newsletter uuid not null references newsletter (id),
    in_month varchar(7) not null,
    reason varchar(20) not null,
    people bigint not null,
    primary key (newsletter, in_month, reason)
);
