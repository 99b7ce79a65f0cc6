package io.plumbline.fleet.core.rollout;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.GatewayStanding;
import io.plumbline.fleet.core.judgement.RolloutEvidence;
import io.plumbline.fleet.core.judgement.Standing;
import io.plumbline.fleet.testing.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Everything that can happen to a rollout. */
enum Happening {
    PASS(Standing.RUNS_CANDIDATE, Fleets.faithful(), false),
    FAIL(Standing.RUNS_CANDIDATE, Fleets.fidelity(700, 400, 40, 4, 600), false),
    REFUSED(Standing.REFUSED, Fidelity.NONE, false),
    TOO_LITTLE(Standing.RUNS_CANDIDATE, Fleets.fidelity(20, 20, 0, 0, 0), false),
    TOO_LITTLE_TOO_LATE(Standing.RUNS_CANDIDATE, Fleets.fidelity(20, 20, 0, 0, 0), true),
    SILENCE_TOO_LATE(Standing.SILENT, Fidelity.NONE, true),
    ALL_ON_BASELINE(Standing.RUNS_BASELINE, Fidelity.NONE, false),
    PAUSE(active -> active.pause("asked", T0).map(RolloutState.class::cast)),
    RESUME(active -> Optional.empty()),
    ABORT(active -> Optional.of(active.abort("asked", T0)));

    static final RolloutPlan PLAN = new RolloutPlan("r-1", MODEL, BASELINE, CANDIDATE);
    private static final AtomicLong WINDOWS = new AtomicLong();
    private static final Duration LATE = Duration.ofDays(1);

    private final Standing standing;
    private final Fidelity candidate;
    private final boolean late;
    private final Function<Active, Optional<RolloutState>> command;

    Happening(Standing standing, Fidelity candidate, boolean late) {
        this.standing = standing;
        this.candidate = candidate;
        this.late = late;
        this.command = null;
    }

    Happening(Function<Active, Optional<RolloutState>> command) {
        this.standing = null;
        this.candidate = null;
        this.late = false;
        this.command = command;
    }

    RolloutState happensTo(RolloutState state, Instant now) {
        if (this == RESUME) {
            var situation = situation(evidence(Standing.SILENT, Fidelity.NONE, List.of(GW_NORTH, GW_SOUTH)), now);
            return state.active()
                    .flatMap(active -> active.resume("asked", situation))
                    .orElse(state);
        }
        if (command != null) {
            return state.active().flatMap(command).orElse(state);
        }
        return state.look(
                situation(evidence(standing, candidate, List.of(GW_NORTH, GW_SOUTH)), late ? now.plus(LATE) : now));
    }

    /** A rollout in this stage, entered at T0 with a deadline a minute later. */
    static RolloutState stateIn(RolloutStage stage) {
        RolloutState ready = RolloutState.accepted(PLAN, "recalibrated", T0);
        return switch (stage) {
            case READY -> ready;
            case CANARY -> PASS.happensTo(ready, T0);
            case WAVE -> PASS.happensTo(stateIn(RolloutStage.CANARY), T0.plusSeconds(1));
            case PAUSED -> TOO_LITTLE_TOO_LATE.happensTo(stateIn(RolloutStage.CANARY), T0);
            case ROLLING_BACK -> FAIL.happensTo(stateIn(RolloutStage.CANARY), T0.plusSeconds(1));
            case ROLLED_BACK -> ALL_ON_BASELINE.happensTo(stateIn(RolloutStage.ROLLING_BACK), T0);
            case COMPLETED -> PASS.happensTo(stateIn(RolloutStage.WAVE), T0.plusSeconds(2));
            case ABORTED -> ABORT.happensTo(ready, T0);
        };
    }

    static RolloutEvidence evidence(Standing standing, Fidelity candidate, List<GatewayId> gateways) {
        var standings = gateways.stream()
                .map(gateway -> new GatewayStanding(gateway, gateway.equals(GW_NORTH) ? NORTH : SOUTH, standing, "no"))
                .toList();
        var health = candidate.equals(Fidelity.NONE)
                ? List.<ModelHealth>of()
                : standings.stream()
                        .map(one -> Fleets.health(CANDIDATE, one.site(), candidate, nextWindow()))
                        .toList();
        return new RolloutEvidence(standings, health, List.of(Fleets.health(BASELINE, SOUTH, Fleets.faithful(), T0)));
    }

    /** Event time moves on with every window, so new health is never older than a rollout. */
    private static Instant nextWindow() {
        return T0.plusSeconds(300 * WINDOWS.incrementAndGet());
    }

    private static Situation situation(RolloutEvidence evidence, Instant now) {
        return new Situation(evidence, Fleets.spec().rollout(), now);
    }
}
