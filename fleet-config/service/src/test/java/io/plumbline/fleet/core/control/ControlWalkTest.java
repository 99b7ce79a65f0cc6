package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.faithful;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.log.Cause.Wish;
import io.plumbline.rollout.state.Active;
import io.plumbline.rollout.state.Progress;
import io.plumbline.rollout.state.RollingBack;
import io.plumbline.rollout.state.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever people ask, gateways say and whenever the service starts again: what may never happen does not. */
class ControlWalkTest extends TwoSites {

    private static final int SEEDS = 8;
    private static final int STEPS = 600;
    private static final Set<String> OFTEN = Set.of("OFFERING", "SOAKING", "EVALUATING");
    private static final List<Digest> BUILDS = List.of(BASELINE, CANDIDATE, Fleets.build("third"));
    private static final List<GatewayId> ON_NORTH = four(GW_NORTH);
    private static final List<GatewayId> ON_SOUTH = four(GW_SOUTH);
    private static final List<GatewayId> GATEWAYS =
            Stream.concat(ON_NORTH.stream(), ON_SOUTH.stream()).toList();
    private static final Set<String> PHASES = Set.of(
            "READY",
            "PENDING_APPROVAL",
            "OFFERING",
            "SOAKING",
            "EVALUATING",
            "PAUSED",
            "ROLLING_BACK",
            "ROLLED_BACK",
            "COMPLETED",
            "ABORTED");

    /** What may happen between two looks. */
    enum Deed {
        STARTED,
        RECALIBRATED,
        ANOTHER_BUILD_DECLARED,
        FROZEN,
        WINDOW_SHUT,
        APPROVAL_WANTED,
        SCHEDULE_OPEN,
        PAUSED,
        RESUMED,
        APPROVED,
        ABORTED,
        ABORTED_KEEPING,
        SERVICE_RESTARTED,
        LOSS_SEEN,
        BUILD_REFUSED,
        SOME_FALL_SILENT,
        ALL_RETURN,
        ONE_BEATS,
        ALL_BEAT,
        BEATS_COME_TWICE,
        BEATS_COME_LATE,
        OLD_ANSWER_ARRIVES,
        CLOCK_SET_BACK,
        CLOCK_SET_ON
    }

    record Cell(String phase, Deed deed) {}

    private final Map<GatewayId, Assignment> applied = new HashMap<>();
    private final Map<GatewayId, List<Assignment>> answers = new HashMap<>();
    private final Map<GatewayId, List<GatewayEvent>> beats = new HashMap<>();
    private final Set<GatewayId> silent = new HashSet<>();
    private Digest declared = BASELINE;
    private String schedule = "";

    @Test
    void keepsItsPromisesOnRandomWalksThatDoEveryDeedInEveryState() throws Exception {
        // Given
        var cells = new HashSet<Cell>();

        // When
        for (long seed = 1; seed <= SEEDS; seed++) {
            new ControlWalkTest().walk(seed, cells);
        }

        // Then
        assertThat(cells)
                .as("every deed was done in every state")
                .containsAll(PHASES.stream()
                        .flatMap(phase -> Stream.of(Deed.values()).map(deed -> new Cell(phase, deed)))
                        .toList());
    }

    private void walk(long seed, Set<Cell> cells) {
        var random = new SplittableRandom(seed);
        var told = new HashSet<Integer>();
        apply(fleet());
        for (int step = 0; step < STEPS; step++) {
            var before = control.state();
            happens(next(random, cells), random);
            looks(before);
            clock.advance(Duration.ofMillis(1 + random.nextInt(8_000)));
            control.state()
                    .active(MODEL)
                    .ifPresent(rollout -> told.add(rollout.withCandidate().size()));
        }
        assertThat(told).as("waves of one, of a part of each site, and of all").contains(1, 2, 4, 8);
        assertEverybodyArrives();
    }

    /** Mostly what moves things on, and now and then something that was not done yet in this state. */
    private Deed next(SplittableRandom random, Set<Cell> cells) {
        var phase = control.state().newestRollouts().stream()
                .findFirst()
                .map(RolloutState::phase)
                .orElse("NONE");
        var open = Stream.of(Deed.values())
                .filter(deed -> !cells.contains(new Cell(phase, deed)))
                .toList();
        var dice = random.nextInt(20);
        var deed = moving(phase, random);
        if (dice < (OFTEN.contains(phase) ? 3 : 16) && !open.isEmpty()) {
            deed = open.get(random.nextInt(open.size()));
        } else if (dice == 19) {
            deed = Deed.values()[random.nextInt(Deed.values().length)];
        }
        cells.add(new Cell(phase, deed));
        return deed;
    }

    private static Deed moving(String phase, SplittableRandom random) {
        return switch (phase) {
            case "PAUSED" -> Deed.RESUMED;
            case "PENDING_APPROVAL" -> Deed.APPROVED;
            case "ROLLED_BACK", "COMPLETED", "ABORTED", "NONE" -> Deed.STARTED;
            case "ROLLING_BACK" -> Deed.ALL_BEAT;
            default ->
                switch (random.nextInt(24)) {
                    case 0, 1 -> Deed.SCHEDULE_OPEN;
                    case 2, 3 -> Deed.ALL_RETURN;
                    case 4 -> Deed.LOSS_SEEN;
                    case 5 -> Deed.APPROVAL_WANTED;
                    default -> Deed.ALL_BEAT;
                };
        };
    }

    private void looks(ControlState before) {
        assertPromises(before, control.state());
        var between = control.state();
        control.look();
        assertPromises(between, control.state());
    }

    /** However the walk was: once people leave it alone and everybody is heard, it ends, and everybody runs what is due. */
    private void assertEverybodyArrives() {
        silent.clear();
        schedule = "";
        apply(fleet());
        for (int round = 0; round < 200; round++) {
            var before = control.state();
            control.state().active(MODEL).ifPresent(rollout -> {
                switch (rollout.phase()) {
                    case "PAUSED" -> ask(Wish.RESUME);
                    case "PENDING_APPROVAL" -> ask(Wish.APPROVE);
                    default -> {}
                }
            });
            GATEWAYS.forEach(this::beats);
            clock.advance(Duration.ofSeconds(3));
            looks(before);
        }
        GATEWAYS.forEach(this::beats);
        assertThat(control.state().active()).isEmpty();
        for (var gateway : GATEWAYS) {
            assertThat(runs(gateway)).as(gateway.value()).isEqualTo(due(control.state(), gateway));
        }
    }

    private static List<GatewayId> four(GatewayId first) {
        return Stream.concat(
                        Stream.of(first),
                        IntStream.rangeClosed(2, 4).mapToObj(number -> new GatewayId(first.value() + "-" + number)))
                .toList();
    }

    private String fleet() {
        return yaml(declared)
                .replace("[gw-north]", ON_NORTH.toString())
                .replace("[gw-south]", ON_SOUTH.toString())
                .replace("deadline: PT60S", "deadline: PT60S, soak: PT5S" + schedule);
    }

    private void happens(Deed deed, SplittableRandom random) {
        var gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
        var build = BUILDS.get(random.nextInt(BUILDS.size()));
        switch (deed) {
            case STARTED -> start(build);
            case RECALIBRATED -> control.request(accepted("verdict-" + random.nextInt(1000), BASELINE, CANDIDATE));
            case ANOTHER_BUILD_DECLARED -> {
                declared = build;
                apply(fleet());
            }
            case FROZEN -> schedule(", freeze: true");
            case WINDOW_SHUT -> schedule(", windows: [Sat-Sun 01:00-05:00]");
            case APPROVAL_WANTED -> schedule(", approveBefore: [25, 100]");
            case SCHEDULE_OPEN -> schedule("");
            case PAUSED -> ask(Wish.PAUSE);
            case RESUMED -> ask(Wish.RESUME);
            case APPROVED -> ask(Wish.APPROVE);
            case ABORTED -> ask(Wish.ABORT);
            case ABORTED_KEEPING -> ask(Wish.ABORT_KEEP);
            case SERVICE_RESTARTED -> control = restarted();
            case LOSS_SEEN -> failsOn(gateway);
            case BUILD_REFUSED ->
                heard.on(
                        Fleets.refused(gateway, build(gateway), generation(gateway), clock.instant()), clock.instant());
            case SOME_FALL_SILENT -> {
                for (int i = 0; i < 3; i++) {
                    silent.add(GATEWAYS.get(random.nextInt(GATEWAYS.size())));
                }
            }
            case ALL_RETURN -> silent.clear();
            case ONE_BEATS -> beats(gateway);
            case ALL_BEAT -> GATEWAYS.forEach(this::beats);
            case BEATS_COME_TWICE ->
                GATEWAYS.forEach(one -> last(one).ifPresent(beat -> heard.on(beat, clock.instant())));
            case BEATS_COME_LATE -> {
                var told = beats.getOrDefault(gateway, List.of());
                if (!told.isEmpty()) {
                    heard.on(told.get(random.nextInt(told.size())), clock.instant());
                }
            }
            case OLD_ANSWER_ARRIVES -> {
                var all = answers.getOrDefault(gateway, List.of());
                if (!all.isEmpty()) {
                    takes(gateway, all.get(random.nextInt(all.size())));
                }
            }
            case CLOCK_SET_BACK -> clock.advance(Duration.ofSeconds(-random.nextInt(120)));
            case CLOCK_SET_ON -> clock.advance(Duration.ofSeconds(random.nextInt(120)));
        }
    }

    private void schedule(String words) {
        schedule = words;
        apply(fleet());
    }

    private void start(Digest build) {
        try {
            control.start(MODEL, build, "asked");
        } catch (NotNowException | UnknownNameException refused) {
            assertThat(refused).hasMessageContaining("already the build");
        }
    }

    private void ask(Wish wish) {
        try {
            var all = control.state().newestRollouts();
            if (!all.isEmpty()) {
                control.ask(all.get(0).plan().id(), wish, "asked");
            }
        } catch (NotNowException | UnknownNameException refused) {
            assertThat(refused).hasMessageContaining("cannot be");
        }
    }

    private void failsOn(GatewayId gateway) {
        window++;
        heard.on(health(build(gateway), Fleets.site(gateway), stale(), Fleets.T0.plusSeconds(300 * window)), Fleets.T0);
    }

    /** Polls, unless it is silent, takes what is newer, and says so. */
    private void beats(GatewayId gateway) {
        if (silent.contains(gateway)) {
            return;
        }
        var wanted = control.state().assigned().get(gateway);
        var has = applied.get(gateway);
        assertThat(has == null || wanted.generation() >= has.generation())
                .as("a gateway is never told an older generation than it has")
                .isTrue();
        answers.computeIfAbsent(gateway, id -> new ArrayList<>()).add(wanted);
        takes(gateway, wanted);
        window++;
        var beat =
                Fleets.beat(gateway, runs(gateway), applied.get(gateway).generation(), 100 * window, clock.instant());
        beats.computeIfAbsent(gateway, id -> new ArrayList<>()).add(beat);
        heard.on(beat, clock.instant());
        heard.on(
                health(runs(gateway), Fleets.site(gateway), faithful(), Fleets.T0.plusSeconds(300 * window)),
                Fleets.T0);
    }

    private void takes(GatewayId gateway, Assignment offered) {
        var has = applied.get(gateway);
        assertThat(has == null || offered.generation() != has.generation() || offered.equals(has))
                .as("a generation is one assignment, whenever it arrives")
                .isTrue();
        if (has == null || offered.generation() > has.generation()) {
            applied.put(gateway, offered);
        }
    }

    private Optional<GatewayEvent> last(GatewayId gateway) {
        var told = beats.getOrDefault(gateway, List.of());
        return told.isEmpty() ? Optional.empty() : Optional.of(told.get(told.size() - 1));
    }

    private Digest runs(GatewayId gateway) {
        return applied.get(gateway).streams().get(0).build();
    }

    private static void assertPromises(ControlState before, ControlState after) {
        assertThat(after.active()).as("one rollout of a model at a time").hasSizeLessThanOrEqualTo(1);
        for (var gateway : GATEWAYS) {
            var then = before.assigned().get(gateway);
            var now = after.assigned().get(gateway);
            assertThat(now.generation()).isGreaterThanOrEqualTo(then.generation());
            assertThat(now.equals(then) || now.generation() > then.generation())
                    .as("what changes has a newer generation")
                    .isTrue();
        }
        for (var gateway : GATEWAYS) {
            assertThat(after.assigned().get(gateway).streams())
                    .as("%s has what the rollout's state says, and nothing else", gateway)
                    .extracting(StreamAssignment::build)
                    .containsExactly(due(after, gateway));
        }
        after.active(MODEL)
                .ifPresent(rollout ->
                        assertOnlyGrows(before.rollouts().get(rollout.plan().id()), rollout));
        assertThat(after.assigned().values())
                .as("two builds of a model at most")
                .extracting(one -> one.streams().get(0).build())
                .isSubsetOf(after.active(MODEL)
                        .map(rollout ->
                                Set.of(rollout.plan().baseline(), rollout.plan().candidate()))
                        .orElseGet(() -> builds(after)));
        before.rollouts().forEach((id, rollout) -> {
            if (rollout.active().isEmpty() && after.rollouts().containsKey(id)) {
                assertThat(after.rollouts().get(id)).as("over is over").isEqualTo(rollout);
            }
        });
    }

    private static void assertOnlyGrows(@Nullable RolloutState before, Active after) {
        if (before == null || after instanceof RollingBack) {
            return;
        }
        assertThat(before).as("who goes back does not go on").isNotInstanceOf(RollingBack.class);
        assertThat(after.withCandidate())
                .as("the share of told gateways only grows unless it is rolled back")
                .containsAll(before.withCandidate());
        var waves = after.progress().map(Progress::wave);
        assertThat(waves.orElse(-1))
                .isBetween(
                        before.progress().map(Progress::wave).orElse(-1),
                        before.progress().map(Progress::wave).orElse(-1) + 1);
    }

    private static Set<Digest> builds(ControlState state) {
        var builds = state.builds(MODEL).orElseThrow();
        return Stream.concat(Stream.of(builds.settled()), builds.kept().values().stream())
                .collect(Collectors.toSet());
    }

    /** What a gateway is to run, by the state of the rollout alone. */
    private static Digest due(ControlState state, GatewayId gateway) {
        var rollout = state.active(MODEL);
        if (rollout.isPresent()) {
            var plan = rollout.get().plan();
            return rollout.get().withCandidate().contains(gateway) ? plan.candidate() : plan.baseline();
        }
        var builds = state.builds(MODEL).orElseThrow();
        return builds.kept().getOrDefault(gateway, builds.settled());
    }
}
