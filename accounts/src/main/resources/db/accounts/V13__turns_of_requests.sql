-- The first request of every network comes before the second of any: nobody holds up everybody else. 0 for a browser that is known.
alter table link_request add column place integer default 1 not null;
-- Those that came when the mailbox had had enough wait for its next chance.
alter table link_request add column not_before timestamp with time zone default timestamp with time zone '2020-01-01 00:00:00+00' not null;
create index link_request_by_turn on link_request (place, requested_at);
drop index link_request_by_network;
