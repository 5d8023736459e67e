-- Nobody fills the queue for everybody else: what waits is counted by where it came from.
create index link_request_by_network on link_request (network);
