-- The ledger is copied out of the database by time. Who changed the address between a backup and the erasure is found by the account.
alter table erasure add column account_hash varchar(43) default '' not null;
create index erasure_by_time on erasure (completed_at);
create index erasure_by_account on erasure (account_hash);
