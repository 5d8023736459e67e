-- Saved conditions over readers. The condition is text that the program reads back (one step a line); what it holds are ids, keys and
-- words of staff, nobody's address.
create table segment (
    id uuid primary key,
    name varchar(120) not null constraint segment_name_is_unique unique,
    written varchar(20000) not null,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    version bigint not null
);

-- Whom an issue goes to, of its newsletter's readers: those of one segment, and not those of another.
create table issue_audience (
    issue uuid primary key,
    segment_in uuid,
    segment_out uuid,
    -- Whether the chosen are written down in issue_recipient.
    frozen boolean default false not null
);

-- The audience of an issue that has one, frozen when its sending began: where each stands is still read when she is written to.
create table issue_recipient (
    issue uuid not null,
    subscription uuid not null,
    primary key (issue, subscription)
);

-- Whom an issue has reached, as the ledger says, for conditions that ask for it.
create table issue_reached (
    issue uuid not null,
    subscription uuid not null,
    primary key (issue, subscription)
);
create index issue_reached_by_subscription on issue_reached (subscription, issue);
