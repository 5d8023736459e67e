-- To whom no way was found, for which mail: the second mail within thirty days counts (B03). Addresses as keyed hashes.
create table unroutables (
    address_hash uuid not null,
    mail varchar(300) not null,
    at timestamp with time zone not null,
    primary key (address_hash, mail)
);
create index unroutables_by_time on unroutables (at);
