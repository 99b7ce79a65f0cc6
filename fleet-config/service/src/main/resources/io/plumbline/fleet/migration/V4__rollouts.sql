-- Plain SQL that H2 and PostgreSQL read alike.

-- Builds that gateways were left with when their rollout was ended; nothing for none.
alter table model_builds add column kept text;

-- What every state of a rollout was decided from, packed: with it the decision can be made again.
create table rollout_decision (
    rollout varchar(200) not null,
    revision bigint not null,
    content bytea not null,
    primary key (rollout, revision)
);
