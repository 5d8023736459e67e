-- What came back, stored before anything is made of it. The raw report is emptied after 90 days.
create table returned_mails (
    id uuid primary key,
    came_at timestamp with time zone not null,
    way varchar(20) not null,
    envelope_recipient varchar(320),
    handled_at timestamp with time zone,
    raw bytea
);
create index returned_mails_waiting on returned_mails (handled_at, came_at);
create index returned_mails_by_age on returned_mails (came_at);

-- What it says, one row for each recipient it speaks of. Addresses by keyed hash only.
create table returned_reports (
    returned_mail uuid not null,
    place smallint not null,
    came_at timestamp with time zone not null,
    sort varchar(20) not null,
    reason varchar(30) not null,
    status varchar(15),
    address_hash uuid,
    trusted boolean not null,
    effect varchar(20) not null,
    message_id varchar(260),
    diagnostic varchar(500) not null,
    primary key (returned_mail, place)
);
create index returned_reports_of_address on returned_reports (address_hash, came_at);
create index returned_reports_by_age on returned_reports (came_at);
