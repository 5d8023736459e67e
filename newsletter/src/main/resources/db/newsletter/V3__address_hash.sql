-- Under which hash the mail module knows the address: complaints name nobody else. Older rows are filled in the background.
alter table subscriber add column address_hash uuid;
create index subscriber_by_address_hash on subscriber (address_hash);
