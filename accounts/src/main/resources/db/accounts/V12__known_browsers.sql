-- Browsers in which somebody has signed in, or proved a mailbox, before: what strangers try does not slow them down. One row a browser
-- and account; only the hash of the cookie's token is kept.
create table known_browser (
    token_hash varchar(43) primary key,
    account uuid not null,
    client varchar(100) not null,
    since timestamp with time zone not null,
    last_sign_in_at timestamp with time zone not null
);
create index known_browser_by_account on known_browser (account);
create index known_browser_by_time on known_browser (last_sign_in_at);

-- By which of them a session was opened; empty for sessions of before.
alter table session add column known_browser varchar(43) default '' not null;
