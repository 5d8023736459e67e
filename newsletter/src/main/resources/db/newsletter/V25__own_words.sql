-- What a newsletter says in its own words, by language. A change is a new version; the highest holds, and an empty one means ours again.
create table own_words (
    newsletter uuid not null references newsletter (id),
    language varchar(35) not null,
    what varchar(20) not null,
    version integer not null,
    words varchar(20000) not null,
    since timestamp with time zone not null,
    primary key (newsletter, language, what, version)
);
