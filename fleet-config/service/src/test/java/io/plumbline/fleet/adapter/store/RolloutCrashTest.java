package io.plumbline.fleet.adapter.store;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.parse;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.adapter.kafka.RolloutAnnouncer;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.core.control.Authorship;
import io.plumbline.fleet.core.control.Change;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.control.FleetStore;
import io.plumbline.fleet.core.enrolment.Invitation;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service dies at every transition of a rollout, at each of the places where it may, and starts again. */
class RolloutCrashTest extends EitherDatabase {

    /** Where it dies. */
    enum Point {
        BEFORE_COMMIT,
        AFTER_COMMIT_BEFORE_PUBLISH,
        AFTER_PUBLISH_BEFORE_NOTED
    }

    private static final int TRANSITIONS = 6;

    private final MutableClock clock = new MutableClock(T0);
    private final List<RolloutEvent> topic = new ArrayList<>();
    private final Map<GatewayId, Assignment> applied = new HashMap<>();
    private FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private Point point = Point.BEFORE_COMMIT;
    private int diesAt;
    private int passed;
    private long window;

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A store whose process dies. */
    private final class Mortal implements FleetStore {

        private final FleetStore store;

        Mortal(FleetStore store) {
            this.store = store;
        }

        @Override
        public ControlState load() {
            return store.load();
        }

        @Override
        public void commit(Change change) {
            var dies = !change.steps().isEmpty() && point != Point.AFTER_PUBLISH_BEFORE_NOTED && ++passed == diesAt;
            if (dies && point == Point.BEFORE_COMMIT) {
                throw new Death();
            }
            store.commit(change);
            if (dies) {
                throw new Death();
            }
        }

        @Override
        public void invite(Invitation invitation, Authorship by, Instant at) {
            store.invite(invitation, by, at);
        }

        @Override
        public Optional<Invitation> invitation(Digest token) {
            return store.invitation(token);
        }

        @Override
        public boolean knowsRollout(String id) {
            return store.knowsRollout(id);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, BEFORE_COMMIT",
        "H2, AFTER_COMMIT_BEFORE_PUBLISH",
        "H2, AFTER_PUBLISH_BEFORE_NOTED",
        "POSTGRESQL, BEFORE_COMMIT",
        "POSTGRESQL, AFTER_COMMIT_BEFORE_PUBLISH",
        "POSTGRESQL, AFTER_PUBLISH_BEFORE_NOTED"
    })
    void fleetTopicAndStoreAgreeWhereverItDied(Kind kind, Point where) throws Exception {
        for (int transition = 1; transition <= TRANSITIONS; transition++) {
            try (var database = empty(kind)) {
                // Given
                point = where;
                diesAt = transition;
                passed = 0;
                topic.clear();
                applied.clear();
                heard = new FleetObservations(Duration.ofSeconds(10));
                control(database).apply(yaml(BASELINE), parse(yaml(BASELINE)));
                // When
                var deaths = untilItIsOver(database);
                // Then
                var history = new SqlHistory(database).rollout("recalibration-verdict-1");
                assertThat(deaths).as("the fault was met").isEqualTo(where == Point.AFTER_PUBLISH_BEFORE_NOTED ? 0 : 1);
                assertThat(history)
                        .hasSize(TRANSITIONS)
                        .extracting(RolloutEvent::stage)
                        .endsWith(RolloutStage.COMPLETED);
                assertThat(new LinkedHashSet<>(topic)).containsExactlyElementsOf(history);
                assertThat(topic).hasSize(TRANSITIONS + (where == Point.AFTER_PUBLISH_BEFORE_NOTED ? 1 : 0));
                assertThat(applied.values())
                        .hasSize(2)
                        .allSatisfy(
                                one -> assertThat(one.streams().get(0).build()).isEqualTo(CANDIDATE));
                assertThat(control(database).state().active()).isEmpty();
            }
        }
    }

    private int untilItIsOver(Database database) {
        var deaths = 0;
        var control = control(database);
        for (int beat = 0; beat < 40; beat++) {
            try {
                control.look();
            } catch (Death death) {
                deaths++;
                heard = new FleetObservations(Duration.ofSeconds(10));
                control = control(database);
            }
            announcer(database).announce();
            for (var gateway : List.of(GW_NORTH, GW_SOUTH)) {
                polls(gateway, control);
            }
        }
        return deaths;
    }

    private RolloutAnnouncer announcer(Database database) {
        return new RolloutAnnouncer(
                new SqlHistory(database),
                event -> {
                    topic.add(event);
                    if (point == Point.AFTER_PUBLISH_BEFORE_NOTED && ++passed == diesAt) {
                        throw new Death();
                    }
                },
                new FleetMeters(new SimpleMeterRegistry()));
    }

    private void polls(GatewayId gateway, ControlPlane control) {
        var wanted = control.state().assigned().get(gateway);
        var has = applied.get(gateway);
        assertThat(has == null || wanted.generation() >= has.generation())
                .as("a generation never goes back")
                .isTrue();
        applied.put(gateway, wanted);
        var build = wanted.streams().get(0).build();
        window++;
        heard.on(Fleets.beat(gateway, build, wanted.generation(), window, clock.instant()), clock.instant());
        heard.on(health(build, gateway.equals(GW_NORTH) ? NORTH : SOUTH, faithful(), T0.plusSeconds(300 * window)), T0);
        clock.advance(Duration.ofSeconds(1));
    }

    /** As after a start: the topics are read again. */
    private ControlPlane control(Database database) {
        var control = new ControlPlane(new Mortal(new SqlFleetStore(database)), heard, change -> {}, clock);
        control.request(
                new RecalibrationEvent.Accepted("verdict-1", MODEL, BASELINE, CANDIDATE, "clips 0 %", List.of(), T0));
        return control;
    }
}
