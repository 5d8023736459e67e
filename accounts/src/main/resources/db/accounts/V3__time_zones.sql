-- Where the holder lives, as Europe/Berlin; empty where she did not say. The index tells at once whether anybody did.
alter table account add column zone varchar(50) default '' not null;
create index account_by_zone on account (zone);
