-- Deactivations and reactivations, to be copied out of the database in the order in which they were recorded. The account by keyed hash.
create table closing (
    id uuid primary key,
    account_hash varchar(43) not null,
    closed boolean not null,
    at timestamp with time zone not null
);
create index closing_of_account on closing (account_hash, at);
