-- Plain SQL that H2 and PostgreSQL read alike. Versions from before have neither.

alter table fleet_version add column author varchar(200) default '' not null;
alter table fleet_version add column reason varchar(1000) default '' not null;
