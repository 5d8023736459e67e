-- People of the mailing's audience without an outcome, counted when it was over; null while nobody has looked.
alter table mailings add column unaccounted bigint;
