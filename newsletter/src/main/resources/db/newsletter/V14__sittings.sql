-- A link to everything that is kept about a reader, mailed to her a moment ago; opened once, by one browser.
create table sitting (
    token_hash varchar(43) primary key,
    subscriber uuid not null,
    -- Of the address that the link went to: with another one it is dead.
    address_hash uuid not null,
    created_at timestamp with time zone not null,
    -- Of the link, and once it was opened of the sitting.
    expires_at timestamp with time zone not null,
    -- The browser that opened it, hashed; null until then.
    browser varchar(43)
);
create index sitting_by_subscriber on sitting (subscriber, created_at);

-- When the subscriber's address last became another: what was mailed before went to a mailbox that may not be hers any more.
alter table subscriber add column moved_at timestamp with time zone;

-- Newsletters, or the link to everything.
alter table subscription_request add column kind varchar(12) default 'SUBSCRIBE' not null;
