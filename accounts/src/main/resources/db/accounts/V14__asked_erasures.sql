-- Erasures that staff asked for: they take effect later, and can be stopped until then. Kept for 30 days after they ended, without the reason.
create table erasure_request (
    id uuid primary key,
    account uuid not null,
    -- The account while it is open: one at most for each.
    open_for uuid,
    asked_by uuid not null,
    reason varchar(400) not null,
    asked_at timestamp with time zone not null,
    due_at timestamp with time zone not null,
    stop_hash varchar(43) not null,
    needs_second boolean not null,
    confirmed_at timestamp with time zone,
    stopped boolean not null,
    ended_at timestamp with time zone,
    version bigint not null,
    constraint erasure_request_once_open unique (open_for)
);
create index erasure_request_by_account on erasure_request (account, asked_at);
create index erasure_request_by_due on erasure_request (due_at);
create index erasure_request_by_link on erasure_request (stop_hash);
