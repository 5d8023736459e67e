-- Keys that sign mail. The private half is sealed under the site's secret, and gone once the key is removed; the row stays, so
-- that its selector is not used again.
create table signing_keys (
    id uuid primary key,
    domain varchar(253) not null,
    selector varchar(63) not null,
    algorithm varchar(10) not null,
    record varchar(1000) not null,
    sealed bytea,
    created_at timestamp with time zone not null,
    active_from timestamp with time zone,
    retired_at timestamp with time zone,
    removed_at timestamp with time zone,
    -- What DNS said when it was asked last, and when the record was last there.
    found varchar(12) not null,
    asked_at timestamp with time zone,
    seen_at timestamp with time zone,
    unique (domain, selector)
);
