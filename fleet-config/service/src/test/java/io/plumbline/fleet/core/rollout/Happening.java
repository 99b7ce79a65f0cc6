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
import java.util.concurrent.atomic.AtomicLong;

/** Everything that can happen to a rollout. */
enum Happening {
    PASS,
    FAIL,
    REFUSED,
    TOO_LITTLE,
    TOO_LITTLE_TOO_LATE,
    SILENCE_TOO_LATE,
    ALL_ON_BASELINE,
    PAUSE,
    RESUME,
    ABORT;

    static final RolloutPlan PLAN = new RolloutPlan("r-1", MODEL, BASELINE, CANDIDATE);
    private static final AtomicLong WINDOWS = new AtomicLong();
    private static final Duration LATE = Duration.ofDays(1);
    private static final Fidelity TOO_FEW = Fleets.fidelity(20, 20, 0, 0, 0);
    private static final Fidelity LOST = Fleets.fidelity(700, 400, 40, 4, 600);

    RolloutState happensTo(RolloutState state, Instant now) {
        var active = state.active();
        return switch (this) {
            case PASS -> seen(state, Standing.RUNS_CANDIDATE, Fleets.faithful(), now);
            case FAIL -> seen(state, Standing.RUNS_CANDIDATE, LOST, now);
            case REFUSED -> seen(state, Standing.REFUSED, Fidelity.NONE, now);
            case TOO_LITTLE -> seen(state, Standing.RUNS_CANDIDATE, TOO_FEW, now);
            case TOO_LITTLE_TOO_LATE -> seen(state, Standing.RUNS_CANDIDATE, TOO_FEW, now.plus(LATE));
            case SILENCE_TOO_LATE -> seen(state, Standing.SILENT, Fidelity.NONE, now.plus(LATE));
            case ALL_ON_BASELINE -> seen(state, Standing.RUNS_BASELINE, Fidelity.NONE, now);
            case PAUSE ->
                active.<RolloutState>flatMap(one -> one.pause("asked", now).map(RolloutState.class::cast))
                        .orElse(state);
            case RESUME ->
                active.flatMap(one -> one.resume("asked", situation(Standing.SILENT, Fidelity.NONE, now)))
                        .orElse(state);
            case ABORT ->
                active.<RolloutState>map(one -> one.abort("asked", now)).orElse(state);
        };
    }

    private static RolloutState seen(RolloutState state, Standing standing, Fidelity candidate, Instant now) {
        return state.look(situation(standing, candidate, now));
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

    private static Situation situation(Standing standing, Fidelity candidate, Instant now) {
        return new Situation(
                evidence(standing, candidate, List.of(GW_NORTH, GW_SOUTH)),
                Fleets.spec().rollout(),
                now);
    }
}
