-- People with a proved mailbox. An erased account has no row.
create table account (
    id uuid primary key,
    state varchar(12) not null,
    address varchar(600) not null,
    canonical varchar(254) not null,
    name varchar(200) not null,
    language varchar(35) not null,
    password varchar(200) not null,
    password_since timestamp with time zone not null,
    contact_by_email boolean not null,
    contact_by_phone boolean not null,
    phone varchar(40) not null,
    opened_at timestamp with time zone not null,
    deactivated_at timestamp with time zone,
    erase_on timestamp with time zone,
    version bigint not null,
    constraint account_canonical_once unique (canonical)
);
create index account_by_state on account (state, erase_on);

-- Addresses that asked for an account, and invitations; they reserve nothing, several may stand for one address.
create table registration (
    id uuid primary key,
    token_hash varchar(43) not null,
    address varchar(600) not null,
    canonical varchar(254) not null,
    language varchar(35) not null,
    interests varchar(4000) not null,
    invited_to varchar(200) not null,
    invited_by varchar(36) not null,
    requested_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    proved_at timestamp with time zone,
    version bigint not null,
    constraint registration_token_once unique (token_hash)
);
create index registration_by_canonical on registration (canonical);
create index registration_by_expiry on registration (expires_at);

-- What strangers asked for on a form, before it is looked at: the answer must not depend on what is known.
create table link_request (
    id uuid primary key,
    kind varchar(20) not null,
    address varchar(600) not null,
    canonical varchar(254) not null,
    language varchar(35) not null,
    interests varchar(4000) not null,
    network varchar(43) not null,
    requested_at timestamp with time zone not null
);
create index link_request_by_time on link_request (requested_at);

-- One-time links of mails, bound to purpose, account and address; only the hash of the token is kept.
create table mail_link (
    token_hash varchar(43) primary key,
    purpose varchar(20) not null,
    account uuid not null,
    address varchar(600) not null,
    canonical varchar(254) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null
);
create index mail_link_by_account on mail_link (account);
create index mail_link_by_expiry on mail_link (expires_at);

create table session (
    id uuid primary key,
    token_hash varchar(43) not null,
    account uuid not null,
    started_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null,
    authenticated_at timestamp with time zone not null,
    client varchar(100) not null,
    version bigint not null,
    constraint session_token_once unique (token_hash)
);
create index session_by_account on session (account);
create index session_by_last_seen on session (last_seen_at);

create table staff_member (
    account uuid primary key,
    roles varchar(200) not null,
    since timestamp with time zone not null,
    version bigint not null
);

create table setup_link (
    token_hash varchar(43) primary key,
    expires_at timestamp with time zone not null
);

create table api_token (
    id uuid primary key,
    token_hash varchar(43) not null,
    account uuid not null,
    label varchar(200) not null,
    scopes varchar(200) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    last_used_at timestamp with time zone,
    constraint api_token_once unique (token_hash)
);
create index api_token_by_account on api_token (account);

-- What staff did; no personal values, never changed.
create table audit_entry (
    id uuid primary key,
    at timestamp with time zone not null,
    actor uuid not null,
    action varchar(60) not null,
    object_type varchar(40) not null,
    object uuid not null,
    detail varchar(500) not null
);
create index audit_entry_by_time on audit_entry (at);
create index audit_entry_by_object on audit_entry (object_type, object, at);

-- Staff who read a person's record, and why; shown to the person, and gone with her.
create table record_reading (
    id uuid primary key,
    account uuid not null,
    at timestamp with time zone not null,
    what varchar(20) not null,
    reason varchar(400) not null
);
create index record_reading_by_account on record_reading (account, at);

-- All that stays of an erased account: that it was erased, under a keyed hash of its address.
create table erasure (
    id uuid primary key,
    address_hash varchar(43) not null,
    ground varchar(20) not null,
    requested_at timestamp with time zone not null,
    completed_at timestamp with time zone not null
);
create index erasure_by_hash on erasure (address_hash);

-- Counters of limits; names hold keyed hashes, never an address.
create table limit_count (
    name varchar(100) primary key,
    used integer not null,
    since timestamp with time zone not null,
    until_at timestamp with time zone not null
);
create index limit_count_by_until on limit_count (until_at);
