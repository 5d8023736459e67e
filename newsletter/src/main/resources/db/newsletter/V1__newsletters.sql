-- Newsletters, who subscribed to them, what they agreed to, and the issues. Portable: H2 (PostgreSQL mode) and PostgreSQL.

create table newsletter (
    id uuid primary key,
    slug varchar(60) not null constraint newsletter_slug_is_unique unique,
    name varchar(120) not null,
    description varchar(2000) not null,
    language varchar(35) not null,
    cadence varchar(120) not null,
    sample varchar(20000) not null,
    list_id varchar(255) not null constraint newsletter_list_id_is_unique unique,
    offered boolean not null,
    created_at timestamp with time zone not null,
    version bigint not null
);

-- An address, with or without an account. After an erasure only the id and the times are left.
create table subscriber (
    id uuid primary key,
    account uuid constraint subscriber_account_is_unique unique,
    address varchar(254),
    canonical varchar(320) constraint subscriber_address_is_unique unique,
    name varchar(200) not null,
    language varchar(35) not null,
    created_at timestamp with time zone not null,
    deactivated_at timestamp with time zone,
    erased_at timestamp with time zone,
    -- When the address was last told that it is subscribed already, so that strangers cannot have it told often.
    told_at timestamp with time zone,
    -- Set when this address became that of an account which had subscriptions of its own.
    absorbed_into uuid
);

create table subscription (
    id uuid primary key,
    subscriber uuid not null references subscriber (id),
    newsletter uuid not null references newsletter (id),
    state varchar(12) not null,
    since timestamp with time zone not null,
    confirmed_at timestamp with time zone,
    ended_at timestamp with time zone,
    reason varchar(20),
    merged_into uuid,
    constraint subscription_is_one_for_each_newsletter unique (subscriber, newsletter)
);

-- The audience of an issue is read in this order.
create index subscription_by_newsletter on subscription (newsletter, id);

-- The exact words that were agreed to, each kept once.
create table wording (
    id varchar(43) primary key,
    version varchar(60) not null,
    language varchar(35) not null,
    words varchar(2000) not null
);

-- Append-only: no statement of the program changes or removes a row.
create table consent (
    id uuid primary key,
    subscriber uuid not null,
    newsletter uuid not null,
    act varchar(10) not null,
    at timestamp with time zone not null,
    means varchar(20) not null,
    wording varchar(43) references wording (id),
    policy_version varchar(60) not null,
    statement varchar(1000) not null
);

create index consent_by_subscriber on consent (subscriber, at);

-- Links of the double opt-in; only the token's SHA-256 is kept.
create table confirmation (
    token_hash varchar(43) not null,
    subscriber uuid not null references subscriber (id),
    newsletter uuid not null references newsletter (id),
    wording varchar(43) not null references wording (id),
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    used_at timestamp with time zone,
    primary key (token_hash, newsletter)
);

create index confirmation_by_subscriber on confirmation (subscriber, created_at);

-- What is left of the erased: a keyed hash of the address, so that no import brings it back.
create table erased_address (
    hash varchar(43) primary key,
    erased_at timestamp with time zone not null
);

create table issue (
    id uuid primary key,
    newsletter uuid not null references newsletter (id),
    subject varchar(200) not null,
    preheader varchar(200) not null,
    markdown varchar(1048576) not null,
    state varchar(12) not null,
    author uuid not null,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    scheduled_for timestamp with time zone,
    -- As text: EclipseLink 4 cannot read a null of type uuid.
    mailing varchar(36),
    sent_by varchar(36),
    sent_at timestamp with time zone,
    version bigint not null
);

create index issue_by_newsletter on issue (newsletter, sent_at);
