package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.declared.FileVersion;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.StoreUnavailableException;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.MutableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
        assertThatThrownBy(() -> Database.open("jdbc:postgresql://127.0.0.1:1/none", "a", "b"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
    }

    private static ControlPlane control(Database database, MutableClock clock) {
        return new ControlPlane(
                new SqlFleetStore(database), new FleetObservations(Duration.ofSeconds(10)), change -> {}, clock);
    }
}
