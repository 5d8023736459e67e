-- The number of the last batch of outcomes that a node recorded. Where the answer to a commit got lost, it tells whether the commit was done.
create table recordings (
    node uuid primary key,
    number bigint not null
);
