create table announcements.announcement (
    id uuid primary key,
    version bigint not null,
    thread uuid not null,
    sequence_number integer not null,
    type varchar(20) not null,
    prefix varchar(20) not null,
    state varchar(12) not null,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    time_zone varchar(64),
    undo_minutes integer not null,
    policy_version varchar(36),
    created_at timestamp with time zone not null,
    edited_at timestamp with time zone not null,
    submitted_by varchar(36),
    submitted_at timestamp with time zone,
    digest varchar(64),
    approved_by varchar(36),
    approved_at timestamp with time zone,
    rejected_by varchar(36),
    rejected_at timestamp with time zone,
    rejection varchar(2000),
    published_by varchar(36),
    published_on timestamp with time zone,
    published_at timestamp with time zone,
    mailing varchar(36),
    audience_count bigint,
    override_reason varchar(2000),
    emergency_reason varchar(2000),
    review_due_at timestamp with time zone,
    reviewed_by varchar(36),
    reviewed_at timestamp with time zone,
    judgement varchar(2000),
    outcome varchar(12),
    closed_at timestamp with time zone,
    sample boolean not null,
    constraint announcement_in_thread unique (thread, sequence_number)
);
create index announcement_published on announcements.announcement (published_at);

create table announcements.announcement_wording (
    announcement uuid not null references announcements.announcement (id),
    language varchar(8) not null,
    headline varchar(500) not null,
    what varchar(8000) not null,
    affected varchar(4000) not null,
    impact varchar(4000) not null,
    action_needed varchar(4000) not null,
    contact varchar(1200) not null,
    if_missed varchar(4000) not null,
    primary key (announcement, language)
);

-- Who wrote, edited or submitted it, and so cannot approve it.
create table announcements.announcement_contributor (
    announcement uuid not null references announcements.announcement (id),
    account varchar(36) not null,
    primary key (announcement, account)
);

-- Why a second person let a finding of the lint stand.
create table announcements.announcement_reason (
    announcement uuid not null references announcements.announcement (id),
    finding varchar(500) not null,
    reason varchar(2000) not null,
    primary key (announcement, finding)
);

create table announcements.policy_version (
    id uuid primary key,
    version bigint not null,
    kind varchar(12) not null,
    version_number integer not null,
    effective_on date not null,
    created_at timestamp with time zone not null,
    published_at timestamp with time zone,
    announced_by varchar(36),
    constraint policy_version_number unique (kind, version_number)
);

create table announcements.policy_text (
    policy_version uuid not null references announcements.policy_version (id),
    language varchar(8) not null,
    markdown text not null,
    summary text not null,
    primary key (policy_version, language)
);
