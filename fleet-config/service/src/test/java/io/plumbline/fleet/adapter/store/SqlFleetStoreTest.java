package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.declared.AuditEntry;
import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.database.Database;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.database.Transaction;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.log.Reexamination;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlFleetStoreTest extends EitherDatabase {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackAfterARestartWhatWasDecided(Kind kind) throws Exception {
        // Given
        var clock = new MutableClock(T0);
        try (var database = empty(kind)) {
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            control.start(MODEL, CANDIDATE, "asked");
            control.look();
            clock.advance(Duration.ofHours(1));
            control.look();
            // When
            var restarted = control(database, clock);
            // Then
            assertThat(restarted.state()).isEqualTo(control.state());
            assertThat(restarted.state().active().get(0).stage()).isEqualTo(RolloutStage.PAUSED);
        }
        try (var database = open()) {
            assertThat(control(database, clock).state().version().orElseThrow().version())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsEveryVersionWithItsTimeAuthorAndReason(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            var second = yaml(BASELINE).replace("north-2", "north-3");
            // When
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            clock.advance(Duration.ofDays(1));
            control.apply(second, parse(second), new Authorship("ada", "one mote more"));
            // Then
            var history = new SqlHistory(database);
            assertThat(history.versions())
                    .containsExactly(
                            new FileVersion(2, T0.plus(Duration.ofDays(1)), "ada", "one mote more"),
                            new FileVersion(1, T0, "", ""));
            assertThat(new SqlFleetStore(database)
                            .load()
                            .version()
                            .orElseThrow()
                            .by())
                    .isEqualTo(new Authorship("ada", "one mote more"));
            assertThat(history.version(1)).contains(yaml(BASELINE));
            assertThat(history.version(2)).contains(second);
            assertThat(history.version(3)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsWhoDidWhatToFileAndRolloutsWhenAndWhy(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)), new Authorship("ada", "the first"));
            clock.advance(Duration.ofMinutes(1));
            var id = control.start(MODEL, CANDIDATE, "ada asked", new Authorship("ada", "try it"))
                    .rollout()
                    .plan()
                    .id();
            control.look();
            clock.advance(Duration.ofMinutes(1));

            // When
            control.ask(id, Cause.Wish.PAUSE, "bob: held", new Authorship("bob", "lunch"), OptionalLong.empty());
            clock.advance(Duration.ofMinutes(1));
            control.ask(id, Cause.Wish.ABORT_KEEP, "bob: ended", new Authorship("bob", "stays"), OptionalLong.empty());

            // Then
            var minute = Duration.ofMinutes(1);
            assertThat(new SqlHistory(database).audit(10))
                    .containsExactly(
                            new AuditEntry(
                                    T0.plus(minute.multipliedBy(3)), "bob", "ROLLOUT_ABORTED_KEEPING", id, "stays"),
                            new AuditEntry(T0.plus(minute.multipliedBy(2)), "bob", "ROLLOUT_PAUSED", id, "lunch"),
                            new AuditEntry(T0.plus(minute), "ada", "ROLLOUT_STARTED", id, "try it"),
                            new AuditEntry(T0, "ada", "FILE_APPLIED", "version 1", "the first"));
            assertThat(new SqlHistory(database).audit(2)).hasSize(2);
            assertThat(inPagesOf(1, database)).isEqualTo(new SqlHistory(database).audit(10));
            assertThat(inPagesOf(3, database)).isEqualTo(new SqlHistory(database).audit(10));
        }
    }

    private static List<AuditEntry> inPagesOf(int size, Database database) {
        var history = new SqlHistory(database);
        var all = new ArrayList<AuditEntry>();
        var from = Optional.of(AuditTrail.Cursor.NEWEST);
        while (from.isPresent()) {
            var page = history.audit(AuditTrail.Cursor.parse(from.get().toString()), size);
            assertThat(page.entries()).hasSizeBetween(1, size);
            all.addAll(page.entries());
            from = page.next();
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void handsOutEveryStageForAnnouncementOnceAndInOrder(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            var id = control.start(MODEL, CANDIDATE, "asked").rollout().plan().id();
            control.look();
            control.ask(id, Cause.Wish.ABORT, "asked");
            var history = new SqlHistory(database);
            // When
            var all = history.unannounced(10);
            history.announced(all.get(0).number());
            // Then
            assertThat(all)
                    .extracting(one -> one.event().stage())
                    .containsExactly(RolloutStage.READY, RolloutStage.CANARY, RolloutStage.ABORTED);
            assertThat(history.unannounced(1)).containsExactly(all.get(1));
            assertThat(history.rollout(id)).hasSize(3);
            assertThat(new SqlFleetStore(database).knowsRollout(id)).isTrue();
            assertThat(new SqlFleetStore(database).knowsRollout("another")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsWhatEveryDecisionWasMadeFromAndWhoKeepsACandidate(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            var id = control.start(MODEL, CANDIDATE, "asked").rollout().plan().id();
            control.look();
            control.ask(id, Cause.Wish.ABORT_KEEP, "asked");
            // When
            var history = new SqlHistory(database);
            var restarted = control(database, clock);
            // Then
            for (var event : history.rollout(id)) {
                var log = history.decision(id, event.revision()).orElseThrow();
                assertThat(event.progress().orElseThrow().inputs()).isEqualTo(Digest.of(log));
                assertThat(Reexamination.of(Json.decode(log, Decided.class)).outcome())
                        .isEqualTo(Reexamination.Outcome.MATCH);
            }
            assertThat(history.decision(id, 9)).isEmpty();
            assertThat(restarted.state()).isEqualTo(control.state());
            assertThat(restarted.state().builds(MODEL).orElseThrow().kept()).containsOnlyKeys(GW_NORTH);
            assertThat(restarted
                            .state()
                            .assigned()
                            .get(GW_NORTH)
                            .streams()
                            .get(0)
                            .build())
                    .isEqualTo(CANDIDATE);
        }
    }

    /** A state as the version before wrote it, and where the rollout goes on. */
    private record Old(String state, int told, String goesOn) {}

    private static final String PLAN = """
            "plan":{"id":"r-1","model":"climate-event","baseline":"%s","candidate":"%s"},\
            "step":{"revision":2,"because":"told","evidence":[],"at":"2026-01-01T00:00:00Z"}""";
    private static final String CANARY = "{\"stage\":\"CANARY\"," + PLAN
            + ",\"canary\":\"gw-north\",\"deadline\":\"2026-01-01T00:01:00Z\",\"marks\":"
            + "[{\"site\":\"north\",\"after\":\"1970-01-01T00:00:00Z\"}]}";
    private static final String WAVE = "{\"stage\":\"WAVE\"," + PLAN
            + ",\"updated\":[\"gw-north\",\"gw-south\"],\"deadline\":\"2026-01-01T00:01:00Z\",\"marks\":[]}";

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goesOnWithRolloutsOfTheVersionBefore(Kind kind) throws Exception {
        var paused = "{\"stage\":\"PAUSED\"," + PLAN + ",\"held\":" + CANARY + "}";
        var ready = "{\"stage\":\"READY\"," + PLAN + "}";
        var back = "{\"stage\":\"ROLLING_BACK\"," + PLAN + ",\"updated\":[\"gw-north\"]}";
        for (var old : List.of(
                new Old(CANARY, 1, "PAUSED"),
                new Old(WAVE, 2, "PAUSED"),
                new Old(paused, 1, "PAUSED"),
                new Old(ready, 0, "OFFERING"),
                new Old(back, 1, "ROLLED_BACK"))) {
            try (var database = empty(kind)) {
                // Given
                var clock = new MutableClock(T0);
                control(database, clock).apply(yaml(BASELINE), parse(yaml(BASELINE)));
                var text = old.state().replaceAll("%s(.*?)%s", BASELINE + "$1" + CANDIDATE);
                Transaction.run(
                        database.source(),
                        tx -> tx.update("insert into rollout (id, finished, state) values ('r-1', false, ?)", text));
                // When
                var control = control(database, clock);
                var told = control.state().active().get(0).updated();
                clock.advance(Duration.ofMinutes(2));
                control.look();
                // Then
                assertThat(told).as(old.state()).hasSize(old.told());
                assertThat(control(database, clock).state()).isEqualTo(control.state());
                assertThat(control.state().rollouts().get("r-1").phase())
                        .as(old.state())
                        .isEqualTo(old.goesOn());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writesAllOfAChangeOrNothing(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // When
            assertThatThrownBy(() -> Transaction.run(database.source(), tx -> {
                        tx.update("insert into model_builds (model, declared, settled) values ('m', 'a', 'a')");
                        throw new SQLException("the power fails");
                    }))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the power fails");
            // Then
            List<String> models = Transaction.run(
                    database.source(), tx -> tx.query("select model from model_builds", row -> row.getString(1)));
            assertThat(models).isEmpty();
        }
    }

    @Test
    void saysWhichDatabaseDoesNotOpen() {
        assertThatThrownBy(() -> Database.open(SqlFleetStore.TABLES, "jdbc:postgresql://127.0.0.1:1/none", "a", "b"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
    }

    private static ControlPlane control(Database database, MutableClock clock) {
        return new ControlPlane(
                new SqlFleetStore(database), new FleetObservations(Duration.ofSeconds(10)), change -> {}, clock);
    }
}
