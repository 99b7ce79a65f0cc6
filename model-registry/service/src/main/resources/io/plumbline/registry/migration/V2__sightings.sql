-- Plain SQL that H2 and PostgreSQL read alike.

-- Stretches of time in which a stream of a gateway ran a build, by the gateway's word.
create table build_sighting (
    gateway varchar(63) not null,
    stream varchar(63) not null,
    from_at timestamp with time zone not null,
    until_at timestamp with time zone not null,
    is_current boolean not null,
    site varchar(63) not null,
    model varchar(63) not null,
    build varchar(71) not null,
    primary key (gateway, stream, from_at)
);

create index build_sighting_build on build_sighting (build);
create index build_sighting_current on build_sighting (is_current);
