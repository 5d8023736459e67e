-- What a site wants to know of its readers, each with what it is for, and what is known of each of them.

create table attribute_definition (
    id uuid primary key,
    -- As staff and programs call it, and a merge field: city. Never changes, nor does the type.
    attribute_key varchar(40) not null constraint attribute_key_is_unique unique,
    type varchar(10) not null,
    -- Of reader, staff and program, with a space between them.
    seen_by varchar(30) not null,
    changed_by varchar(30) not null,
    position integer not null,
    created_at timestamp with time zone not null,
    version bigint not null
);

-- Words in each language: of the attribute itself (choice is empty), and of each choice (which has no purpose of its own).
create table attribute_words (
    definition uuid not null references attribute_definition (id),
    choice varchar(40) not null,
    language varchar(35) not null,
    label varchar(120) not null,
    purpose varchar(300) not null,
    primary key (definition, choice, language)
);

create table attribute_choice (
    definition uuid not null references attribute_definition (id),
    choice varchar(40) not null,
    position integer not null,
    primary key (definition, choice)
);

-- The value as a person reads it (a date as 2026-11-30, a number with a point), and a key by which values of one attribute are
-- compared and in order whatever the database's collation. No foreign keys: imports write millions of these.
create table attribute_value (
    subscriber uuid not null,
    attribute uuid not null,
    known varchar(500) not null,
    sort_key varchar(600) not null,
    origin varchar(10) not null,
    said_at timestamp with time zone not null,
    primary key (subscriber, attribute)
);
create index attribute_value_by_key on attribute_value (attribute, sort_key, subscriber);

-- What staff sort readers by. The folded name is the same for "VIP" and "vip".
create table tag (
    id uuid primary key,
    name varchar(60) not null,
    folded varchar(120) not null constraint tag_is_unique unique,
    created_at timestamp with time zone not null
);

create table subscriber_tag (
    subscriber uuid not null,
    tag uuid not null,
    origin varchar(10) not null,
    said_at timestamp with time zone not null,
    primary key (subscriber, tag)
);
create index subscriber_tag_by_tag on subscriber_tag (tag, subscriber);

-- What a newsletter's forms ask for, beside the address.
create table newsletter_question (
    newsletter uuid not null references newsletter (id),
    attribute uuid not null references attribute_definition (id),
    position integer not null,
    primary key (newsletter, attribute)
);

-- Answers that were given with a form, a line each (key=value): they count when the mailbox has confirmed them, and go with the request.
alter table subscription_request add column answers varchar(12000) default '' not null;
alter table confirmation add column answers varchar(12000) default '' not null;

-- Merge fields of an issue that is sent: which slot of the mail is which attribute, and what stands there for who has none.
create table issue_field (
    issue uuid not null,
    slot varchar(40) not null,
    field varchar(40) not null,
    fallback varchar(200) not null,
    primary key (issue, slot)
);
