package io.plumbline.benchmarks.rollouts;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.MemoryChange;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.log.Decided;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.state.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A fleet and its controller in simulated time, one look per minute: what operators who look after every batch see. Every gateway
 * compares so many inputs a minute, of which its build answers a known share as FP32 does.
 */
final class PureFleet {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModelName MODEL = new ModelName("simulated");
    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});
    private static final long MEMORY = 200_000_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * What is simulated.
     *
     * @param compared inputs per gateway and minute on which FP32 runs beside INT8
     * @param hardest share of them that the baseline answers as FP32 does on the hardest site
     * @param easiest the same on the easiest; the others lie evenly between them
     * @param loss what the candidate truly loses of it, on every site
     * @param memory how many times as much memory gateways need under the candidate
     * @param slowness how many times as long its answers take
     */
    record Setting(
            int gateways,
            int sites,
            int compared,
            double hardest,
            double easiest,
            double loss,
            double memory,
            double slowness) {

        /** What the baseline answers there as FP32 does. */
        double baseline(int site) {
            return sites == 1 ? hardest : hardest + (easiest - hardest) * site / (sites - 1);
        }
    }

    private final Setting setting;
    private final RolloutPolicy policy;
    private final SplittableRandom random;
    private final List<GatewayId> names = new ArrayList<>();
    private final List<SiteId> sites = new ArrayList<>();
    private final boolean[] runsCandidate;
    private final Instant[] heard;
    private final Arm candidate;
    private final Arm baseline;
    private boolean cut;
    private int mostUpdated;
    private RolloutState state;
    private Instant now = BEGIN;

    PureFleet(Setting setting, RolloutPolicy policy, long seed) {
        this.setting = setting;
        this.policy = policy;
        this.random = new SplittableRandom(seed);
        this.runsCandidate = new boolean[setting.gateways()];
        this.heard = new Instant[setting.gateways()];
        for (int i = 0; i < setting.gateways(); i++) {
            names.add(new GatewayId("gw-" + i));
            heard[i] = BEGIN;
        }
        for (int i = 0; i < setting.sites(); i++) {
            sites.add(new SiteId("site-" + i));
        }
        this.candidate = new Arm(MODEL, CANDIDATE, setting.sites(), setting.slowness());
        this.baseline = new Arm(MODEL, BASELINE, setting.sites(), 1);
        var plan = new RolloutPlan("run-" + seed, MODEL, BASELINE, CANDIDATE);
        this.state = Decided.first(new Cause.Accepted(plan, "simulated"), policy, now)
                .after();
    }

    RolloutState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    /** The largest share of the fleet that was ever told to run the candidate. */
    double mostUpdated() {
        return (double) mostUpdated / setting.gateways();
    }

    /** Share of the well-behaved gateways that run the candidate. */
    double onCandidate() {
        var well = 0;
        var on = 0;
        for (int i = 0; i < names.size(); i++) {
            if (Habit.of(i) == Habit.WELL) {
                well++;
                on += runsCandidate[i] ? 1 : 0;
            }
        }
        return (double) on / well;
    }

    /** The network between the controller and every second gateway. */
    void cut(boolean isCut) {
        cut = isCut;
    }

    void ask(Cause.Wish wish) {
        decide(new Cause.Asked(wish, "simulated"));
    }

    boolean isOver() {
        return state.active().isEmpty();
    }

    /** Until it is over or paused, and at most so many minutes. */
    void run(int minutes) {
        for (int i = 0; i < minutes && !isOver() && state.stage() != RolloutStage.PAUSED; i++) {
            minute();
        }
    }

    /** One minute: gateways poll and report, the processor sums up, the controller looks. */
    void minute() {
        now = now.plus(MINUTE);
        var wanted = new HashSet<>(isOver() && state.stage() == RolloutStage.COMPLETED ? names : state.withCandidate());
        for (int i = 0; i < names.size(); i++) {
            if (reaches(i)) {
                heard[i] = now;
                runsCandidate[i] = wanted.contains(names.get(i)) && Habit.of(i) != Habit.FAILING;
            }
        }
        compare();
        decide(new Cause.Looked());
        mostUpdated = Math.max(mostUpdated, state.updated().size());
    }

    private boolean reaches(int gateway) {
        if (cut && gateway % 2 == 0) {
            return false;
        }
        var minute = Duration.between(BEGIN, now).toMinutes();
        return switch (Habit.of(gateway)) {
            case SILENT -> false;
            // Two minutes of three.
            case FLAPPING -> (minute + gateway) % 3 != 0;
            default -> true;
        };
    }

    private void compare() {
        baseline.minute();
        candidate.minute();
        var running = new int[2][setting.sites()];
        for (int i = 0; i < names.size(); i++) {
            if (reaches(i)) {
                running[runsCandidate[i] ? 1 : 0][i % setting.sites()]++;
            }
        }
        for (int site = 0; site < setting.sites(); site++) {
            var share = setting.baseline(site);
            baseline.add(site, running[0][site] * setting.compared(), share, random);
            candidate.add(site, running[1][site] * setting.compared(), share - setting.loss(), random);
        }
    }

    private void decide(Cause cause) {
        Decided.decide(Optional.of(state), cause, new Situation(evidence(), policy, now))
                .ifPresent(decided -> state = decided.after());
    }

    private RolloutEvidence evidence() {
        var standings = new ArrayList<GatewayStanding>(names.size());
        var told = new HashSet<>(state.withCandidate());
        for (int i = 0; i < names.size(); i++) {
            var refused = Habit.of(i) == Habit.FAILING && told.contains(names.get(i));
            var standing =
                    refused ? Standing.REFUSED : runsCandidate[i] ? Standing.RUNS_CANDIDATE : Standing.RUNS_BASELINE;
            standings.add(new GatewayStanding(
                    names.get(i),
                    sites.get(i % setting.sites()),
                    standing,
                    refused ? "simulated" : "",
                    heard[i],
                    Optional.empty(),
                    Optional.empty(),
                    runsCandidate[i] ? Optional.of(memory(i)) : Optional.empty()));
        }
        return new RolloutEvidence(standings, healths(candidate), healths(baseline));
    }

    /** Some 200 MB, a tenth more or less; of a build that needs more, more. */
    private MemoryChange memory(int gateway) {
        var noise = Math.floorMod(gateway * 7919L, 2001) / 10_000.0 - 0.1;
        return new MemoryChange(MEMORY, Math.round(MEMORY * (1 + noise) * setting.memory()));
    }

    private List<ModelHealth> healths(Arm arm) {
        return arm.healths(sites, now);
    }
}
