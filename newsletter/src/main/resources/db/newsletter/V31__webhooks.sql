-- Where programs of others hear what happens. The secret is derived from the site's own; it changes with its number.
create table webhook (
    id uuid primary key,
    url varchar(2000) not null,
    events varchar(200) not null,
    with_address boolean not null,
    state varchar(10) not null,
    secret_number integer not null,
    secret_changed_at timestamp with time zone not null,
    created_by uuid not null,
    created_at timestamp with time zone not null,
    -- Since when nothing was taken; null while all is well.
    failing_since timestamp with time zone,
    failures integer not null,
    next_try timestamp with time zone not null,
    -- Which process sends, and until when nobody else does.
    leased_by varchar(43) not null,
    leased_until timestamp with time zone not null
);

-- What happened, for one of them. Holds no address: that is looked up when it is sent, and nothing is there after an erasure.
create table webhook_event (
    id uuid primary key,
    webhook uuid not null references webhook (id) on delete cascade,
    kind varchar(20) not null,
    newsletter uuid,
    subscription uuid,
    issue uuid,
    means varchar(20) not null,
    happened_at timestamp with time zone not null,
    state varchar(10) not null,
    attempts integer not null,
    tried_at timestamp with time zone,
    status integer not null,
    answer varchar(300) not null
);
create index webhook_event_by_state on webhook_event (webhook, state, id);
create index webhook_event_by_time on webhook_event (happened_at);
