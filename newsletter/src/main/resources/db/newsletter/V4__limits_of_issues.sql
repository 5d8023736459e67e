-- How an issue is to be sent, kept until its time has come: spread over so long, so many a second, between two minutes of the day.
alter table issue add column spread_minutes integer default 0 not null;
alter table issue add column per_second integer default 0 not null;
alter table issue add column opens_minute integer;
alter table issue add column closes_minute integer;
