-- The same bytes by the same way to the same recipient are one mail: resent, fetched again, or replayed. Empty in older rows.
alter table returned_mails add column content_hash varchar(43);
create unique index returned_mails_once on returned_mails (content_hash);

-- The mailing's number, from the envelope that the report came back to.
alter table returned_reports add column mailing bigint;

-- When a link that the person asked for was last sent to an address where nobody was: once a day (ACCOUNT after a new address).
alter table suppressions add column probed_at timestamp with time zone;
create index suppressions_newest on suppressions (since);

-- What only one node does at a time, until when.
create table leases (
    name varchar(40) primary key,
    holder uuid not null,
    until_at timestamp with time zone not null
);
