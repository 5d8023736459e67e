-- An address that was typed into a form, as it came: the answer takes the same time for every address. Worked off within seconds.
create table subscription_request (
    id uuid primary key,
    address varchar(600) not null,
    canonical varchar(320) not null,
    language varchar(35) not null,
    newsletters varchar(10000) not null,
    network varchar(43) not null,
    requested_at timestamp with time zone not null
);
create index subscription_request_by_time on subscription_request (requested_at);
create index subscription_request_by_address on subscription_request (canonical);
