package io.plumbline.fleet.adapter.store;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.adapter.yaml.FleetYaml;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetStore;
import io.plumbline.fleet.core.control.FleetVersion;
import io.plumbline.fleet.core.control.ModelBuilds;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.state.RolloutState;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The control plane's decisions in SQL tables. Thread-safe. */
public final class SqlFleetStore implements FleetStore {

    /** Where the scripts that make the tables lie on the class path. */
    public static final String TABLES = "io/plumbline/fleet/migration";

    private static final int REMEMBERED = 50;

    private final DataSource database;

    public SqlFleetStore(Database database) {
        this.database = database.source();
    }

    @Override
    public ControlState load() {
        return Transaction.run(database, tx -> {
            var assigned = assignments(tx);
            var members = Enrolments.members(tx);
            var newest = newestVersion(tx);
            return new ControlState(
                    newest == null ? null : newest.joinedBy(members.values()),
                    models(tx),
                    rollouts(tx, assigned.values()),
                    assigned,
                    members);
        });
    }

    @Override
    public void commit(Change change) {
        Transaction.run(database, tx -> {
            if (change.membership().isPresent()) {
                Enrolments.write(tx, change.membership().get());
            }
            writeVersion(tx, change);
            writeModels(tx, change);
            for (var step : change.steps()) {
                writeStep(tx, step);
            }
            writeAsked(tx, change);
            tx.updateEach(
                    "insert into assignment (gateway, generation, assigned_at, content) values (?, ?, ?, ?)",
                    change.assignments(),
                    assignment -> List.of(
                            assignment.gateway().value(), assignment.generation(), Instant.now(), text(assignment)));
            return change;
        });
    }

    private static void writeAsked(Transaction tx, Change change) throws SQLException {
        if (change.asked().isPresent() && !change.steps().isEmpty()) {
            var rollout = change.steps().get(change.steps().size() - 1).after();
            var asked = change.asked().get();
            AuditTrail.note(
                    tx, rollout.step().at(), asked.action(), rollout.plan().id(), asked.by());
        }
    }

    @Override
    public void invite(Invitation invitation, Authorship by, Instant at) {
        Transaction.run(database, tx -> {
            Enrolments.invite(tx, invitation, by, at);
            return invitation;
        });
    }

    @Override
    public Optional<Invitation> invitation(Digest token) {
        return Transaction.run(database, tx -> Enrolments.invitation(tx, token));
    }

    @Override
    public boolean knowsRollout(String id) {
        return Transaction.run(
                database,
                tx -> !tx.query("select id from rollout where id = ?", row -> row.getString(1), id)
                        .isEmpty());
    }

    private static @Nullable FleetVersion newestVersion(Transaction tx) throws SQLException {
        var newest = tx.query(
                "select version, applied_at, content, author, reason from fleet_version"
                        + " where version = (select max(version) from fleet_version)",
                row -> new FleetVersion(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        spec(row.getString(3)),
                        new Authorship(row.getString(4), row.getString(5))));
        return newest.isEmpty() ? null : newest.get(0);
    }

    private static FleetSpec spec(String text) {
        try {
            return FleetYaml.parse(text);
        } catch (InvalidFleetException e) {
            throw new IllegalStateException("a stored fleet file that cannot be read is a bug: " + e.getMessage(), e);
        }
    }

    private static Map<ModelName, ModelBuilds> models(Transaction tx) throws SQLException {
        return tx
                .query(
                        "select model, declared, settled, kept from model_builds",
                        row -> new ModelBuilds(
                                new ModelName(row.getString(1)),
                                new Digest(row.getString(2)),
                                new Digest(row.getString(3)),
                                kept(row.getString(4))))
                .stream()
                .collect(Collectors.toMap(ModelBuilds::model, Function.identity()));
    }

    /** None in a row of an older version. */
    private static Map<GatewayId, Digest> kept(@Nullable String json) {
        return json == null
                ? Map.of()
                : Json.decode(json.getBytes(StandardCharsets.UTF_8), Kept.class).builds();
    }

    /** Builds that gateways were left with. */
    private record Kept(Map<GatewayId, Digest> builds) {}

    private static Map<String, RolloutState> rollouts(Transaction tx, Collection<Assignment> assigned)
            throws SQLException {
        var all = new LinkedHashMap<String, RolloutState>();
        var states = tx.query(
                "select state from rollout where finished = false or number > (select max(number) - ? from rollout)"
                        + " order by number",
                row -> StoredStates.read(row.getString(1), assigned),
                REMEMBERED);
        states.forEach(state -> all.put(state.plan().id(), state));
        return all;
    }

    private static Map<GatewayId, Assignment> assignments(Transaction tx) throws SQLException {
        return tx
                .query(
                        "select content from assignment a where generation ="
                                + " (select max(generation) from assignment b where b.gateway = a.gateway)",
                        row -> json(row, Assignment.class))
                .stream()
                .collect(Collectors.toMap(Assignment::gateway, Function.identity()));
    }

    private static void writeVersion(Transaction tx, Change change) throws SQLException {
        var version = change.after().fleet();
        var before = change.before().version().map(FleetVersion::version).orElse(0L);
        if (version != null && version.version() > before) {
            tx.update(
                    "insert into fleet_version (version, applied_at, content, author, reason) values (?, ?, ?, ?, ?)",
                    version.version(),
                    version.appliedAt(),
                    version.text(),
                    version.by().author(),
                    version.by().reason());
        }
    }

    private static void writeModels(Transaction tx, Change change) throws SQLException {
        if (change.before().models().equals(change.after().models())) {
            return;
        }
        tx.update("delete from model_builds");
        for (var builds : change.after().models().values()) {
            tx.update(
                    "insert into model_builds (model, declared, settled, kept) values (?, ?, ?, ?)",
                    builds.model().value(),
                    builds.declared().value(),
                    builds.settled().value(),
                    builds.kept().isEmpty() ? null : text(new Kept(builds.kept())));
        }
    }

    private static void writeStep(Transaction tx, Decided decided) throws SQLException {
        var state = decided.after();
        var id = state.plan().id();
        var log = decided.encoded();
        var finished = state.active().isEmpty();
        if (tx.update("update rollout set finished = ?, state = ? where id = ?", finished, text(state), id) == 0) {
            tx.update("insert into rollout (id, finished, state) values (?, ?, ?)", id, finished, text(state));
        }
        tx.update(
                "insert into rollout_event (rollout, revision, announced, content) values (?, ?, false, ?)",
                id,
                state.step().revision(),
                text(decided.event(Digest.of(log))));
        tx.update(
                "insert into rollout_decision (rollout, revision, content) values (?, ?, ?)",
                id,
                state.step().revision(),
                Packed.pack(log));
    }

    private static String text(Object value) {
        return new String(Json.encode(value), StandardCharsets.UTF_8);
    }

    private static <T> T json(ResultSet row, Class<T> type) throws SQLException {
        return Json.decode(row.getString(1).getBytes(StandardCharsets.UTF_8), type);
    }
}
