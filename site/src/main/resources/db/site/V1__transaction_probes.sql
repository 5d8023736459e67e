-- Rows that a thread inserts and rolls back when it begins. None ever stays; whoever finds one has proof that transactions do not hold.
create table transaction_probes (
    id uuid not null,
    kind varchar(60) not null
);
