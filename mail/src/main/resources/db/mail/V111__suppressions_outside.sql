-- That an address is not to be written to, and that it is again, to be copied out of the database in the order in which it was recorded.
create table suppression_facts (
    id uuid primary key,
    at timestamp with time zone not null,
    address_hash uuid not null,
    reason smallint not null,
    lifted boolean not null
);
create index suppression_facts_of_address on suppression_facts (address_hash, reason, id);

-- Those of before, under ids that come before all others and are the same whenever this runs.
insert into suppression_facts (id, at, address_hash, reason, lifted)
select cast('00000000-0000-700' || cast(reason as varchar(1)) || '-' || substring(cast(address_hash as varchar(36)), 20) as uuid),
    since, address_hash, reason, false
from suppressions;
