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
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.database.Database;
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
import io.plumbline.rollout.log.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The service dies at every transition of a rollout, at each of the places where it may, and starts again. */
class RolloutCrashTest extends EitherDatabase {

    /** Where it dies. */
    enum Point {
        BEFORE_COMMIT,
        AFTER_COMMIT_BEFORE_PUBLISH,
        AFTER_PUBLISH_BEFORE_NOTED
    }

    /** What becomes of the rollout, and what a person asks of it meanwhile. */
    enum Story {
        PASSES(RolloutStage.COMPLETED),
        FAILS(RolloutStage.ROLLED_BACK),
        HELD_RESUMED_AND_APPROVED(RolloutStage.COMPLETED),
        ENDED(RolloutStage.ABORTED),
        /** Who was told keeps the candidate, the others the baseline. */
        ENDED_AND_KEPT(RolloutStage.ABORTED),
        /** A person starts another build in the middle, which takes over and is completed. */
        SUPERSEDED(RolloutStage.ABORTED),
        /** Approved before the first wave, too. */
        APPROVED_FROM_THE_START(RolloutStage.COMPLETED),
        /** A file freezes it before its last wave, and another one lifts that. */
        FROZEN_AND_LIFTED(RolloutStage.COMPLETED);

        private final RolloutStage end;

        Story(RolloutStage end) {
            this.end = end;
        }

        /** What a gateway runs in the end. */
        Digest build(GatewayId gateway) {
            return switch (this) {
                case SUPERSEDED -> NEWER;
                case ENDED_AND_KEPT -> gateway.equals(GW_NORTH) ? CANDIDATE : BASELINE;
                default -> end == RolloutStage.COMPLETED ? CANDIDATE : BASELINE;
            };
        }

        String file() {
            var usual = yaml(BASELINE);
            return switch (this) {
                case HELD_RESUMED_AND_APPROVED -> asking(usual, "approveBefore: [100]");
                case APPROVED_FROM_THE_START -> asking(usual, "approveBefore: [1, 100]");
                default -> usual;
            };
        }

        private static String asking(String file, String more) {
            return file.replace("canary: gw-north,", "canary: gw-north, " + more + ",");
        }
    }

    /** The others take the same statements. */
    private static final Set<Story> FOR_BOTH = EnumSet.of(Story.PASSES, Story.FAILS);

    private static final String ID = "recalibration-verdict-1";
    private static final Digest NEWER = Fleets.build("newer");
    private static final int NEVER = Integer.MAX_VALUE;

    private final MutableClock clock = new MutableClock(T0);
    private final List<RolloutEvent> topic = new ArrayList<>();
    private final Map<GatewayId, Assignment> applied = new HashMap<>();
    private FleetObservations heard = new FleetObservations(Duration.ofSeconds(10));
    private Point point = Point.BEFORE_COMMIT;
    private Story story = Story.PASSES;
    private boolean held;
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

    static Stream<Arguments> faults() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Story.values())
                        .filter(story -> kind == Kind.H2 || FOR_BOTH.contains(story))
                        .flatMap(story -> Stream.of(Point.values()).map(point -> Arguments.of(kind, story, point))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fleetTopicAndStoreAgreeWhereverItDied(Kind kind, Story told, Point where) throws Exception {
        // Given
        story = told;
        point = where;
        var transitions = undisturbed();
        for (int transition = 1; transition <= transitions; transition++) {
            try (var database = empty(kind)) {
                begin(transition);
                control(database).apply(story.file(), parse(story.file()));
                // When
                var deaths = untilItIsOver(database);
                // Then
                var history = history(database);
                assertThat(deaths).as("the fault was met").isEqualTo(where == Point.AFTER_PUBLISH_BEFORE_NOTED ? 0 : 1);
                assertThat(new SqlHistory(database).rollout(ID))
                        .extracting(RolloutEvent::stage)
                        .endsWith(story.end);
                assertThat(new LinkedHashSet<>(topic)).containsExactlyElementsOf(history);
                assertThat(topic).hasSize(history.size() + (where == Point.AFTER_PUBLISH_BEFORE_NOTED ? 1 : 0));
                assertThat(applied.values())
                        .hasSize(2)
                        .allSatisfy(
                                one -> assertThat(one.streams().get(0).build()).isEqualTo(story.build(one.gateway())));
                assertThat(control(database).state().active()).isEmpty();
            }
        }
    }

    /** How many transitions there are to die at. */
    private int undisturbed() throws Exception {
        try (var database = empty(Kind.H2)) {
            begin(NEVER);
            control(database).apply(story.file(), parse(story.file()));
            untilItIsOver(database);
            assertThat(new SqlHistory(database).rollout(ID))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .extracting(RolloutEvent::stage)
                    .endsWith(story.end);
            return passed;
        }
    }

    /** Of every rollout that there was, in their order. */
    private List<RolloutEvent> history(Database database) {
        var history = new SqlHistory(database);
        return topic.stream()
                .map(RolloutEvent::rollout)
                .distinct()
                .flatMap(id -> history.rollout(id).stream())
                .toList();
    }

    private void begin(int transition) {
        diesAt = transition;
        passed = 0;
        held = false;
        topic.clear();
        applied.clear();
        heard = new FleetObservations(Duration.ofSeconds(10));
    }

    private int untilItIsOver(Database database) throws Exception {
        var deaths = 0;
        var control = control(database);
        for (int beat = 0; beat < 40; beat++) {
            try {
                control.look();
                somebodyAsks(control);
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

    private void somebodyAsks(ControlPlane control) throws Exception {
        var active = control.state().active();
        if (active.isEmpty()) {
            return;
        }
        var phase = active.get(0).phase();
        if (phase.equals("OFFERING") && !held && somebodyInterferes(control)) {
            held = true;
            return;
        }
        if (story == Story.ENDED_AND_KEPT && active.get(0).withCandidate().equals(List.of(GW_NORTH))) {
            control.ask(ID, Cause.Wish.ABORT_KEEP, "kept");
        } else if (story == Story.ENDED && phase.equals("OFFERING")) {
            control.ask(ID, Cause.Wish.ABORT, "ended");
        } else if (active.get(0).step().because().contains("waits until the freeze is lifted")) {
            control.apply(story.file(), parse(story.file()));
        } else if (phase.equals("PAUSED")) {
            control.ask(ID, Cause.Wish.RESUME, "resumed");
        } else if (phase.equals("PENDING_APPROVAL")) {
            control.ask(ID, Cause.Wish.APPROVE, "approved");
        }
    }

    /** Once, as soon as the canary is told. */
    private boolean somebodyInterferes(ControlPlane control) throws Exception {
        switch (story) {
            case HELD_RESUMED_AND_APPROVED -> control.ask(ID, Cause.Wish.PAUSE, "held");
            case SUPERSEDED -> control.start(MODEL, NEWER, "a newer one");
            case FROZEN_AND_LIFTED -> {
                var frozen = Story.asking(story.file(), "freeze: true");
                control.apply(frozen, parse(frozen));
            }
            default -> {
                return false;
            }
        }
        return true;
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
        var fidelity = story == Story.FAILS && build.equals(CANDIDATE) ? stale() : faithful();
        heard.on(health(build, gateway.equals(GW_NORTH) ? NORTH : SOUTH, fidelity, T0.plusSeconds(300 * window)), T0);
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
