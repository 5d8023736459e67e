-- Which generation of the site's data this is. A new one begins when it is noticed that an older database was put back.
create table generations (
    number integer primary key,
    -- The same in all of them: by it a data folder tells this site's database from another's.
    site uuid not null,
    began_at timestamp with time zone not null,
    cause varchar(10) not null,
    -- The newest sign of life that the database had then, and the newest that was remembered outside.
    database_of timestamp with time zone,
    remembered_of timestamp with time zone,
    -- Staff said that it is right.
    settled_at timestamp with time zone,
    -- Written by the restore, after this database was put back and before anybody has noticed.
    put_back_at timestamp with time zone
);

-- Data folders that have worked with this database, with the number and the time of their newest sign of life. One that remembers
-- more of them than there are here has worked with a newer database. Never removed: there are as many as there were installations.
create table data_folders (
    id uuid primary key,
    beats bigint not null,
    at timestamp with time zone not null
);
