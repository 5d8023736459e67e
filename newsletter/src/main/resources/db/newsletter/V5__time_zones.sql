-- Where the subscriber lives, as Europe/Berlin; empty where she did not say. With an account it is what the account says.
alter table subscriber add column zone varchar(50) default '' not null;
-- Tells at once whether anybody did: asked for by every claim of a mailing outside its hours.
create index subscriber_by_zone on subscriber (zone);
