-- The keyed hash of the address as the mail was written to it, as suppressions know addresses: proves who was told what, after a change of
-- address and after an erasure too (ADR 27). Empty where nobody was written to, and in rows of before. Without an index: it is asked for
-- seldom and within one mailing, and rows are appended by the thousand.
alter table deliveries add column written_to uuid;
