package io.plumbline.rollout.state;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.MODEL;
import static io.plumbline.rollout.Known.T0;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Cause.Wish;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.WavePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything that can happen to a rollout. */
public enum Happening {
    PASS,
    FAIL,
    REFUSED,
    FELL_BACK,
    TOO_LITTLE,
    TOO_LITTLE_TOO_LATE,
    /** Proven in everything but what the policy wants to be measured and nobody measured. */
    UNMEASURED,
    SILENCE_TOO_LATE,
    ALL_ON_BASELINE,
    PAUSE,
    RESUME,
    APPROVE,
    ABORT,
    ABORT_KEEP;

    public static final RolloutPlan PLAN = new RolloutPlan("r-1", MODEL, BASELINE, CANDIDATE);
    /** The canary, then the other gateway after an approval, each for ten seconds. */
    static final RolloutPolicy POLICY =
            Known.with(new WavePlan(List.of(50.0, 100.0), List.of(100.0), Duration.ofSeconds(10), 0));

    private static final RolloutPolicy MEASURED = new RolloutPolicy(
            POLICY.canary(),
            POLICY.waves(),
            new DeviceLimits(0.9, 1, Duration.ofSeconds(60), 0.05, Optional.empty(), Optional.of(1.5)),
            new QualityGate(200, 0.1, 0.98, 0.75, 0.01, 0.05, Optional.of(1.5)),
            POLICY.schedule());
    private static final Duration LATE = Duration.ofDays(1);
    private static final Fidelity TOO_FEW = Known.fidelity(20, 20, 0, 0, 0);
    private static final Fidelity LOST = Known.fidelity(700, 400, 40, 4, 600);

    /** The decision; empty if nothing changes. */
    public Optional<Decided> decides(RolloutState state, Instant now) {
        var cause = switch (this) {
            case PAUSE -> new Cause.Asked(Wish.PAUSE, "asked");
            case RESUME -> new Cause.Asked(Wish.RESUME, "asked");
            case APPROVE -> new Cause.Asked(Wish.APPROVE, "asked");
            case ABORT -> new Cause.Asked(Wish.ABORT, "asked");
            case ABORT_KEEP -> new Cause.Asked(Wish.ABORT_KEEP, "asked");
            default -> new Cause.Looked();
        };
        return Decided.decide(Optional.of(state), cause, situation(now));
    }

    RolloutState happensTo(RolloutState state, Instant now) {
        return decides(state, now).map(Decided::after).orElse(state);
    }

    private Situation situation(Instant now) {
        return switch (this) {
            case PASS -> situation(Standing.RUNS_CANDIDATE, Known.faithful(), now);
            case FAIL -> situation(Standing.RUNS_CANDIDATE, LOST, now);
            case REFUSED -> situation(Standing.REFUSED, Fidelity.NONE, now);
            case FELL_BACK -> situation(Standing.FELL_BACK, Fidelity.NONE, now);
            case UNMEASURED ->
                new Situation(
                        evidence(Standing.RUNS_CANDIDATE, Known.faithful(), now, List.of(GW_NORTH, GW_SOUTH)),
                        MEASURED,
                        now);
            case TOO_LITTLE -> situation(Standing.RUNS_CANDIDATE, TOO_FEW, now);
            case TOO_LITTLE_TOO_LATE -> situation(Standing.RUNS_CANDIDATE, TOO_FEW, now.plus(LATE));
            case SILENCE_TOO_LATE ->
                new Situation(
                        evidence(Standing.RUNS_BASELINE, Fidelity.NONE, T0, List.of(GW_NORTH, GW_SOUTH)),
                        POLICY,
                        now.plus(LATE));
            case ALL_ON_BASELINE -> situation(Standing.RUNS_BASELINE, Fidelity.NONE, now);
            default -> Situation.without(POLICY, now);
        };
    }

    private static Situation situation(Standing standing, Fidelity candidate, Instant now) {
        return new Situation(evidence(standing, candidate, now, List.of(GW_NORTH, GW_SOUTH)), POLICY, now);
    }

    static RolloutEvidence evidence(Standing standing, Fidelity candidate, Instant heard, List<GatewayId> gateways) {
        var standings = gateways.stream()
                .map(gateway -> Known.standing(gateway, standing, "no", heard))
                .toList();
        // Event time runs with the clock here, so that new health is never older than a rollout.
        var health = candidate.equals(Fidelity.NONE)
                ? List.<ModelHealth>of()
                : standings.stream()
                        .map(one -> lastSecond(Known.health(CANDIDATE, one.site(), candidate, heard.plusSeconds(1))))
                        .toList();
        var baseline = standings.stream()
                .map(one -> Known.health(BASELINE, one.site(), Known.faithful(), T0))
                .toList();
        return new RolloutEvidence(standings, health, baseline);
    }

    private static ModelHealth lastSecond(ModelHealth health) {
        return new ModelHealth(
                health.cohort(),
                health.to().minusSeconds(1),
                health.to(),
                health.readings(),
                health.fidelity(),
                health.labels(),
                health.latency(),
                health.verdict(),
                health.evidence(),
                health.corrected());
    }

    /** A rollout in this state, entered at T0 or soon after. */
    static RolloutState stateIn(String phase) {
        RolloutState ready = RolloutState.accepted(PLAN, "recalibrated", T0);
        return switch (phase) {
            case "READY" -> ready;
            case "OFFERING 1" -> PASS.happensTo(ready, T0);
            case "SOAKING 1" -> PASS.happensTo(stateIn("OFFERING 1"), T0.plusSeconds(1));
            case "EVALUATING 1" -> PASS.happensTo(stateIn("SOAKING 1"), T0.plusSeconds(11));
            case "PENDING_APPROVAL" -> PASS.happensTo(stateIn("EVALUATING 1"), T0.plusSeconds(12));
            case "APPROVED" -> APPROVE.happensTo(stateIn("PENDING_APPROVAL"), T0.plusSeconds(13));
            case "OFFERING 2" -> PASS.happensTo(stateIn("APPROVED"), T0.plusSeconds(14));
            case "SOAKING 2" -> PASS.happensTo(stateIn("OFFERING 2"), T0.plusSeconds(15));
            case "EVALUATING 2" -> PASS.happensTo(stateIn("SOAKING 2"), T0.plusSeconds(25));
            case "PAUSED" -> PAUSE.happensTo(stateIn("OFFERING 1"), T0.plusSeconds(1));
            case "ROLLING_BACK" -> FAIL.happensTo(stateIn("OFFERING 1"), T0.plusSeconds(1));
            case "ROLLED_BACK" -> ALL_ON_BASELINE.happensTo(stateIn("ROLLING_BACK"), T0.plusSeconds(2));
            case "COMPLETED" -> PASS.happensTo(stateIn("EVALUATING 2"), T0.plusSeconds(26));
            case "ABORTED" -> ABORT.happensTo(ready, T0);
            default -> throw new IllegalArgumentException(phase);
        };
    }

    /** The name that {@link #stateIn} knows a state by. */
    static String nameOf(RolloutState state) {
        return state instanceof Running running
                ? state.phase() + " " + (running.reached().wave() + 1)
                : state.phase();
    }
}
