package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.StoreUnavailableException;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.MutableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlFleetStoreTest {

    /** Where a PostgreSQL may be emptied by this test: a JDBC URL with user and password in it. */
    private static final String POSTGRESQL = "plumbline.test.postgresql";

    enum Kind {
        H2,
        POSTGRESQL
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesBackAfterARestartWhatWasDecided(Kind kind) throws Exception {
        // Given
        var clock = new MutableClock(T0);
        try (var database = empty(kind)) {
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            control.start(MODEL, CANDIDATE);
            control.look();
            clock.advance(Duration.ofHours(1));
            control.look();
            // When
            var restarted = control(database, clock);
            // Then
            assertThat(restarted.state()).isEqualTo(control.state());
            assertThat(restarted.state().active().get(0).stage()).isEqualTo(RolloutStage.PAUSED);
        }
        try (var database = open(kind)) {
            assertThat(control(database, clock).state().version().orElseThrow().version())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsEveryVersionWithItsTime(Kind kind) {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            var second = yaml(BASELINE).replace("north-2", "north-3");
            // When
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            clock.advance(Duration.ofDays(1));
            control.apply(second, parse(second));
            // Then
            var history = new SqlHistory(database);
            assertThat(history.versions())
                    .containsExactly(
                            new SqlHistory.VersionLine(2, T0.plus(Duration.ofDays(1))),
                            new SqlHistory.VersionLine(1, T0));
            assertThat(history.version(1)).contains(yaml(BASELINE));
            assertThat(history.version(2)).contains(second);
            assertThat(history.version(3)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void handsOutEveryStageForAnnouncementOnceAndInOrder(Kind kind) throws Exception {
        try (var database = empty(kind)) {
            // Given
            var clock = new MutableClock(T0);
            var control = control(database, clock);
            control.apply(yaml(BASELINE), parse(yaml(BASELINE)));
            var id = control.start(MODEL, CANDIDATE).rollout().plan().id();
            control.look();
            control.abort(id, "asked");
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

    @Test
    void writesAllOfAChangeOrNothing() {
        try (var database = empty(Kind.H2)) {
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
        assertThatThrownBy(() -> Database.open("jdbc:postgresql://127.0.0.1:1/none", "a", "b"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
    }

    private static ControlPlane control(Database database, MutableClock clock) {
        return new ControlPlane(
                new SqlFleetStore(database), new FleetObservations(Duration.ofSeconds(10)), change -> {}, clock);
    }

    private Database empty(Kind kind) {
        var database = open(kind);
        for (var table : List.of("fleet_version", "model_builds", "rollout", "rollout_event", "assignment")) {
            Transaction.run(database.source(), tx -> tx.update("delete from " + table));
        }
        return database;
    }

    private Database open(Kind kind) {
        if (kind == Kind.H2) {
            return Database.open("jdbc:h2:file:" + folder.resolve("fleet") + ";WRITE_DELAY=0", "plumbline", "");
        }
        var url = System.getProperty(POSTGRESQL);
        assumeThat(url)
                .as("-D%s=jdbc:postgresql://HOST/DATABASE?user=USER&password=PASSWORD to run on PostgreSQL", POSTGRESQL)
                .isNotNull();
        return Database.open(url, "", "");
    }
}
