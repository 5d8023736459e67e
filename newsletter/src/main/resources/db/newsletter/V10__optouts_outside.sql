-- Opt-outs are copied out of the database in the order in which they were recorded.
create index consent_by_act on consent (act, id);

-- Who left, as a ledger outside told a database that was put back and does not know her subscription, or herself. By the hash under which
-- the mail module knows an address: no import may bring her back.
create table optout_outside (
    address_hash uuid not null,
    newsletter uuid not null,
    at timestamp with time zone not null,
    primary key (address_hash, newsletter)
);
