package io.plumbline.fleet.core.control;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.Fleets.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.rollout.log.Cause.Wish;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever people ask, gateways say and whenever the service starts again: what may never happen does not. */
class ControlWalkTest extends TwoSites {

    private static final List<Digest> BUILDS = List.of(BASELINE, CANDIDATE, Fleets.build("third"));
    private static final List<GatewayId> ON_NORTH = four(GW_NORTH);
    private static final List<GatewayId> ON_SOUTH = four(GW_SOUTH);
    private static final List<GatewayId> GATEWAYS =
            Stream.concat(ON_NORTH.stream(), ON_SOUTH.stream()).toList();

    private final Map<GatewayId, Assignment> applied = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsItsPromisesOnARandomWalk(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var seen = new HashSet<Integer>();
        apply(fleet(BASELINE));

        for (int step = 0; step < 400; step++) {
            // When
            var before = control.state();
            happens(random);
            clock.advance(Duration.ofMillis(1 + random.nextInt(20_000)));

            // Then
            assertPromises(before, control.state());
            control.state()
                    .active(MODEL)
                    .ifPresent(rollout -> seen.add(rollout.withCandidate().size()));
        }
        assertThat(seen).as("waves of one, of a part of each site, and of all").contains(1, 2, 4, 8);
    }

    private static List<GatewayId> four(GatewayId first) {
        return Stream.concat(
                        Stream.of(first),
                        IntStream.rangeClosed(2, 4).mapToObj(number -> new GatewayId(first.value() + "-" + number)))
                .toList();
    }

    private static String fleet(Digest build) {
        return yaml(build).replace("[gw-north]", ON_NORTH.toString()).replace("[gw-south]", ON_SOUTH.toString());
    }

    private void happens(SplittableRandom random) {
        var gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
        switch (random.nextInt(30)) {
            case 0 -> start(BUILDS.get(random.nextInt(BUILDS.size())));
            case 1 -> ask(Wish.values()[random.nextInt(Wish.values().length)]);
            case 2 -> apply(fleet(BUILDS.get(random.nextInt(BUILDS.size()))));
            case 3 -> control = restarted();
            case 4 -> failsOn(gateway);
            case 5 -> control.request(accepted("verdict-" + random.nextInt(1000), BASELINE, CANDIDATE));
            case 6 -> control.look();
            case 7, 8 -> {
                takes(gateway);
                control.look();
            }
            default -> {
                GATEWAYS.forEach(this::takes);
                control.look();
            }
        }
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

    private void takes(GatewayId gateway) {
        var wanted = control.state().assigned().get(gateway);
        var has = applied.put(gateway, wanted);
        assertThat(has == null || wanted.generation() >= has.generation())
                .as("a gateway is never told an older generation than it has")
                .isTrue();
        assertThat(has == null || wanted.generation() > has.generation() || wanted.equals(has))
                .as("a generation is one assignment")
                .isTrue();
        runsFaithfully(gateway);
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
        before.rollouts().forEach((id, rollout) -> {
            if (rollout.active().isEmpty() && after.rollouts().containsKey(id)) {
                assertThat(after.rollouts().get(id)).as("over is over").isEqualTo(rollout);
            }
        });
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
