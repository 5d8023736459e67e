create table notes (id uuid primary key, body varchar(100) not null);
