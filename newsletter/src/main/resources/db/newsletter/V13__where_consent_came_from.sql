-- The address of the device from which somebody agreed elsewhere, where an imported file had it. Emptied by an erasure.
alter table consent add column network varchar(45) default '' not null;
