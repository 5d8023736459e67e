-- An address that was typed into a form, as it came: the answer takes the same time for every address. Worked off within seconds.
create table subscription_request (
    id uuid primary key,
    address varchar(600) not null,
    canonical varchar(320) not null,
    language varchar(35) not null,
    newsletters varchar(10000) not null,
    network varchar(43) not null,
    requested_at timestamp with time zone not null,
    -- Later than that, once answering it has failed: it must not stand before the others.
    next_try timestamp with time zone not null
);
create index subscription_request_by_try on subscription_request (next_try);
create index subscription_request_by_address on subscription_request (canonical);
create index subscription_request_by_network on subscription_request (network);

-- 254 characters of an address can be more of what a database counts.
alter table subscriber alter column address set data type varchar(600);
