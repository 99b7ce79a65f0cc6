package io.plumbline.rollout.state;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.MODEL;
import static io.plumbline.rollout.Known.T0;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Cause.Wish;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.MaintenanceWindow;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    /** They ran it and will not any more. */
    FAILED,
    /** Told, heard, and nothing said of the build. */
    ASSIGNED,
    DOWNLOADING,
    STAGED,
    SELF_TESTED,
    SHADOW,
    /** Not one of them is heard, for as long as it may be. */
    SILENT,
    /** No gateway is in the fleet any more. */
    NOBODY,
    PASS_WITHOUT_SOAK,
    PASS_BUT_EVERY_WAVE_WANTS_APPROVAL,
    PASS_BUT_FROZEN,
    PASS_BUT_WINDOW_SHUT,
    TOO_LITTLE_AND_FROZEN,
    TOO_LITTLE_AND_WINDOW_SHUT,
    FAIL_WHILE_FROZEN,
    FAIL_WHILE_WINDOW_SHUT,
    ACCEPTED,
    /** Asked for, and cannot be: known only so that somebody can see why. */
    REFUSED_AT_ONCE,
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
    private static final RolloutPolicy UNSOAKED =
            Known.with(new WavePlan(List.of(50.0, 100.0), List.of(100.0), Duration.ZERO, 0));
    private static final RolloutPolicy CAREFUL =
            Known.with(new WavePlan(List.of(50.0, 100.0), List.of(50.0, 100.0), Duration.ofSeconds(10), 0));
    private static final RolloutPolicy FROZEN = with(new Schedule(Duration.ofSeconds(60), List.of(), true));
    /** At T0, a Thursday. */
    private static final RolloutPolicy SHUT =
            with(new Schedule(Duration.ofSeconds(60), List.of(MaintenanceWindow.parse("Sat-Sun 01:00-05:00")), false));

    private static final Duration LATE = Duration.ofDays(1);
    private static final Fidelity TOO_FEW = Known.fidelity(20, 20, 0, 0, 0);
    private static final Fidelity LOST = Known.fidelity(700, 400, 40, 4, 600);

    /** The decision; empty if nothing changes. */
    public Optional<Decided> decides(RolloutState state, Instant now) {
        return decides(Optional.of(state), now);
    }

    /** The same of a rollout that there may not be yet. */
    Optional<Decided> decides(Optional<RolloutState> state, Instant now) {
        return Decided.decide(state, cause(), situation(state, now));
    }

    Situation situation(Optional<RolloutState> state, Instant now) {
        var events = state.map(known -> known.step().at()).filter(now::isBefore).orElse(now);
        return situation(now, events);
    }

    RolloutState happensTo(RolloutState state, Instant now) {
        return decides(state, now).map(Decided::after).orElse(state);
    }

    Cause cause() {
        return switch (this) {
            case PAUSE -> new Cause.Asked(Wish.PAUSE, "asked");
            case RESUME -> new Cause.Asked(Wish.RESUME, "asked");
            case APPROVE -> new Cause.Asked(Wish.APPROVE, "asked");
            case ABORT -> new Cause.Asked(Wish.ABORT, "asked");
            case ABORT_KEEP -> new Cause.Asked(Wish.ABORT_KEEP, "asked");
            case ACCEPTED -> new Cause.Accepted(PLAN, "asked");
            case REFUSED_AT_ONCE -> new Cause.Refused(PLAN, "it has another version");
            default -> new Cause.Looked();
        };
    }

    /** What the gateways say, if they say something. */
    Optional<Standing> standing() {
        return switch (this) {
            case REFUSED -> Optional.of(Standing.REFUSED);
            case FAILED -> Optional.of(Standing.FAILED);
            case FELL_BACK -> Optional.of(Standing.FELL_BACK);
            case ASSIGNED, SILENT -> Optional.of(Standing.RUNS_OTHER);
            case ALL_ON_BASELINE, SILENCE_TOO_LATE, DOWNLOADING, STAGED, SELF_TESTED, SHADOW ->
                Optional.of(Standing.RUNS_BASELINE);
            default ->
                cause() instanceof Cause.Looked && this != NOBODY
                        ? Optional.of(Standing.RUNS_CANDIDATE)
                        : Optional.empty();
        };
    }

    Optional<BuildStep> step() {
        return Stream.of(BuildStep.values())
                .filter(step -> step.name().equals(name()))
                .findAny();
    }

    private RolloutPolicy policy() {
        return switch (this) {
            case UNMEASURED -> MEASURED;
            case PASS_WITHOUT_SOAK -> UNSOAKED;
            case PASS_BUT_EVERY_WAVE_WANTS_APPROVAL -> CAREFUL;
            case PASS_BUT_FROZEN, TOO_LITTLE_AND_FROZEN, FAIL_WHILE_FROZEN -> FROZEN;
            case PASS_BUT_WINDOW_SHUT, TOO_LITTLE_AND_WINDOW_SHUT, FAIL_WHILE_WINDOW_SHUT -> SHUT;
            default -> POLICY;
        };
    }

    private Fidelity candidate() {
        return switch (this) {
            case FAIL, FAIL_WHILE_FROZEN, FAIL_WHILE_WINDOW_SHUT -> LOST;
            case TOO_LITTLE, TOO_LITTLE_TOO_LATE, TOO_LITTLE_AND_FROZEN, TOO_LITTLE_AND_WINDOW_SHUT -> TOO_FEW;
            default ->
                standing().filter(Standing.RUNS_CANDIDATE::equals).isPresent() ? Known.faithful() : Fidelity.NONE;
        };
    }

    /** @param events event time, which runs on where the clock of the control plane is set back */
    private Situation situation(Instant looked, Instant events) {
        var now = this == TOO_LITTLE_TOO_LATE || this == SILENCE_TOO_LATE ? looked.plus(LATE) : looked;
        var gateways = standing().isPresent() ? List.of(GW_NORTH, GW_SOUTH) : List.<GatewayId>of();
        var heard = this == SILENT ? Instant.EPOCH : this == SILENCE_TOO_LATE ? T0 : now;
        var standings = gateways.stream()
                .map(gateway -> Known.standing(gateway, standing().orElseThrow(), "no", heard))
                .map(this::onItsWay)
                .toList();
        return new Situation(evidence(standings, candidate(), events.isAfter(now) ? events : now), policy(), now);
    }

    private GatewayStanding onItsWay(GatewayStanding one) {
        return new GatewayStanding(
                one.gateway(),
                one.site(),
                one.standing(),
                one.because(),
                one.heard(),
                one.hardware(),
                one.rehearsal(),
                one.memory(),
                step());
    }

    private static RolloutPolicy with(Schedule schedule) {
        return new RolloutPolicy(POLICY.canary(), POLICY.waves(), POLICY.devices(), POLICY.quality(), schedule);
    }

    static RolloutEvidence evidence(Standing standing, Fidelity candidate, Instant heard, List<GatewayId> gateways) {
        var standings = gateways.stream()
                .map(gateway -> Known.standing(gateway, standing, "no", heard))
                .toList();
        return evidence(standings, candidate, heard);
    }

    private static RolloutEvidence evidence(List<GatewayStanding> standings, Fidelity candidate, Instant events) {
        // Event time runs with the clock here, so that new health is never older than a rollout.
        var health = candidate.equals(Fidelity.NONE)
                ? List.<ModelHealth>of()
                : standings.stream()
                        .map(one -> lastSecond(Known.health(CANDIDATE, one.site(), candidate, events.plusSeconds(1))))
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

    /** Everything about a state that may lead elsewhere, times aside. */
    static String fullNameOf(RolloutState state) {
        if (state instanceof Ready ready) {
            return "READY" + (ready.approved() ? " APPROVED" : "")
                    + (ready.waits().isPresent() ? " WAITING" : "");
        }
        if (state instanceof PendingApproval pending) {
            return "PENDING_APPROVAL "
                    + pending.held().map(held -> held.reached().wave() + 2).orElse(1);
        }
        if (state instanceof Paused paused) {
            return "PAUSED " + (paused.byPerson() ? "BY A PERSON" : "IN DOUBT") + " IN " + nameOf(paused.held())
                    + approved(paused.held());
        }
        if (state instanceof Evaluating wave) {
            return nameOf(wave)
                    + approved(wave)
                    + wave.waits().map(wait -> " PASSED WAITING").orElse("")
                    + wave.closed().map(wait -> " WAITING").orElse("");
        }
        if (state instanceof Aborted aborted) {
            return "ABORTED" + (aborted.withCandidate().isEmpty() ? "" : " KEEPING");
        }
        return nameOf(state);
    }

    private static String approved(Running running) {
        var reached = running.reached();
        return !reached.isLast() && !reached.needsApproval() ? " APPROVED" : "";
    }
}
