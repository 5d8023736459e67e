-- Lists that move in. Between the steps all of it is here, so that any node goes on with it.
create table newsletter.subscriber_import (
    id uuid primary key,
    newsletter uuid not null references newsletter.newsletter (id) on delete cascade,
    state varchar(12) not null,
    file_name varchar(255) not null,
    basis varchar(1000) not null,
    begun_by uuid not null,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    -- Whether nobody is asked on the way.
    on_its_own boolean not null,
    octets bigint not null,
    -- As somebody chose; empty to look.
    encoding varchar(20) not null,
    problem varchar(30) not null,
    -- Columns that were found, where that helps.
    problem_columns varchar(1000) not null,
    -- What the reading found: rows, duplicates, errors, notes. What came, or would come, of the others.
    found varchar(200) not null,
    figures varchar(200) not null,
    done bigint not null,
    total bigint not null,
    -- When it began to import, and ids that were made just then and at its end: those of what it brought lie between.
    ran_from timestamp with time zone,
    first_id uuid,
    last_id uuid,
    -- The node that works on it, until when if it says nothing more.
    worker uuid,
    leased_until timestamp with time zone
);
create index subscriber_import_by_newsletter on newsletter.subscriber_import (newsletter, id);
create index subscriber_import_by_state on newsletter.subscriber_import (state, id);

-- The file in pieces (FILE), its rows in parts as they were read (ROWS), which of them are duplicates (TWICE), and the wrong ones as a file
-- (WRONG). Packed. Deleted when the import is over; the wrong rows a week later.
create table newsletter.subscriber_import_part (
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    kind varchar(5) not null,
    position integer not null,
    content bytea not null,
    primary key (import, kind, position)
);

create table newsletter.subscriber_import_file (
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    position integer not null,
    name varchar(255) not null,
    system varchar(20) not null,
    encoding varchar(20) not null,
    separator varchar(1) not null,
    rows bigint not null,
    headless boolean not null,
    everybody varchar(12) not null,
    skipped boolean not null,
    primary key (import, position)
);

create table newsletter.subscriber_import_column (
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    position integer not null,
    title varchar(100) not null,
    -- Of the first rows, a line each; emptied when the import is over.
    examples varchar(1000) not null,
    -- Empty until somebody says it.
    meaning varchar(20) not null,
    attribute varchar(40) not null,
    primary key (import, position)
);

create table newsletter.subscriber_import_question (
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    title varchar(100) not null,
    answered varchar(100) not null,
    rows bigint not null,
    lines varchar(100) not null,
    -- Empty until somebody says it.
    answer varchar(12) not null,
    primary key (import, title, answered)
);

-- The first wrong rows (ERROR) and values that were dropped (NOTE).
create table newsletter.subscriber_import_finding (
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    kind varchar(5) not null,
    position integer not null,
    file varchar(255) not null,
    line bigint not null,
    title varchar(100) not null,
    reason varchar(30) not null,
    primary key (import, kind, position)
);

-- What an import changed of what was there, so that it can be taken back: a hash of what it filled in, the state of what it ended, the
-- suppressions that it brought, each by an id that names nobody.
create table newsletter.subscriber_import_change (
    id uuid primary key,
    import uuid not null references newsletter.subscriber_import (id) on delete cascade,
    kind varchar(10) not null,
    about uuid not null,
    before varchar(20) not null,
    after varchar(43) not null
);
create index subscriber_import_change_by_import on newsletter.subscriber_import_change (import, id);

-- Which import brought it, so that it can be taken back; empty for what came otherwise.
alter table newsletter.subscriber add column imported_by uuid;
alter table newsletter.subscription add column imported_by uuid;
