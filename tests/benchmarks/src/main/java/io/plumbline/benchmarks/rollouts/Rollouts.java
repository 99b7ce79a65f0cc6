package io.plumbline.benchmarks.rollouts;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.rollout.log.Cause;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import io.plumbline.rollout.state.Active;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fleet of ten thousand, as a protocol and a hundred times over. */
public final class Rollouts implements Bench.Benchmark {

    private static final String PURE = "pure";
    private static final String PROTOCOL = "protocol";
    private static final int GATEWAYS = 10_000;
    private static final int RUNS = 100;
    private static final int QUICK_RUNS = 10;
    private static final int HOURS = 60;
    private static final int SITES = 20;
    private static final int FEW_SITES = 5;
    private static final int COMPARED = 4;
    /** Agreement of the baseline with FP32 on the hardest and on the easiest site: the policy's floor is below both. */
    private static final double HARDEST = 0.90;

    private static final double EASIEST = 0.995;
    static final double FLOOR = 0.85;
    static final double BAD = 0.02;
    /** With a first wave as large as the whole fleet's, so that what is failing and silent in it is about its share. */
    private static final int FEW_GATEWAYS = GATEWAYS / 5;

    private static final List<Double> FEW_WAVES = List.of(5.0, 25.0, 50.0, 75.0, 100.0);
    private static final double LARGE_WAVE = 0.25;
    private static final List<Double> LARGE_WAVES = List.of(100 * LARGE_WAVE, 50.0, 75.0, 100.0);
    private static final double FIRST_WAVE = 0.01;
    private static final double FIRST_TWO_WAVES = 0.05;
    private static final int CUT_MINUTES = 60;

    /** Ten minutes of soak, 45 to prove a wave. */
    private static final RolloutPolicy POLICY = policy(WavePlan.USUAL.percents(), FLOOR);

    private final List<String> kinds;

    public Rollouts() {
        this(List.of(PURE, PROTOCOL));
    }

    private Rollouts(List<String> kinds) {
        this.kinds = kinds;
    }

    @Override
    public Bench.Benchmark with(Map<String, String> settings) {
        if (settings.isEmpty()) {
            return this;
        }
        var kind = settings.getOrDefault("kind", "");
        if (settings.size() > 1 || !kinds.contains(kind)) {
            throw new IllegalArgumentException(
                    "rollouts has no setting but --kind " + String.join(" or ", kinds) + ", not " + settings);
        }
        return new Rollouts(List.of(kind));
    }

    @Override
    public Figures run(boolean quick) throws Exception {
        var figures = new Figures();
        if (kinds.contains(PURE)) {
            pure(quick ? QUICK_RUNS : RUNS, figures);
        }
        if (kinds.contains(PROTOCOL)) {
            protocol(quick).run(figures);
        }
        return figures;
    }

    private static Protocol protocol(boolean quick) {
        return quick
                ? new Protocol(FEW_GATEWAYS, "[5, 25, 50, 75, 100]")
                : new Protocol(GATEWAYS, "[1, 5, 25, 50, 100]");
    }

    /** The same controller over simulated fleets in simulated time. */
    static void pure(int runs, Figures figures) {
        bad(runs, figures);
        identical(runs, figures);
        hard(runs, figures);
        patient(runs, figures);
        costly("slowBuildStopped", 1, 2, runs / 10, figures);
        costly("fatBuildStopped", 2, 1, runs / 10, figures);
        cut(figures);
    }

    static PureFleet fleet(double loss, long seed) {
        return new PureFleet(setting(GATEWAYS, loss, 1, 1), POLICY, seed);
    }

    /** A fifth of the fleet. */
    static PureFleet small(double loss, double floor, long seed) {
        return new PureFleet(setting(FEW_GATEWAYS, loss, 1, 1), policy(FEW_WAVES, floor), seed);
    }

    private static PureFleet.Setting setting(int gateways, double loss, double memory, double slowness) {
        return new PureFleet.Setting(gateways, SITES, COMPARED, HARDEST, EASIEST, loss, memory, slowness);
    }

    /** Few gateways in large waves, of which every one runs for a day before it is judged, and may be stopped at every minute of it. */
    static PureFleet patient(double loss, long seed) {
        var setting = new PureFleet.Setting(FEW_GATEWAYS / 5, FEW_SITES, COMPARED, HARDEST, EASIEST, loss, 1, 1);
        return new PureFleet(setting, policy(LARGE_WAVES, FLOOR, Duration.ofDays(1)), seed);
    }

    private static RolloutPolicy policy(List<Double> waves, double floor) {
        return policy(waves, floor, Duration.ofMinutes(10));
    }

    private static RolloutPolicy policy(List<Double> waves, double floor, Duration soak) {
        return new RolloutPolicy(
                Optional.empty(),
                new WavePlan(waves, List.of(), soak, 0.05),
                new DeviceLimits(0.85, 1, Duration.ofMinutes(5), 0.1, Optional.empty(), Optional.of(1.5)),
                new QualityGate(50, 0.1, floor, 0.75, 0.01, 0.05, Optional.of(1.5)),
                new Schedule(Duration.ofMinutes(45), List.of(), false));
    }

    /** A build that loses nothing and needs twice the time or the memory must wait in its first wave for a person. */
    private static void costly(String name, double memory, double slowness, int runs, Figures figures) {
        var stopped = 0;
        for (int seed = 1; seed <= runs; seed++) {
            var fleet = new PureFleet(setting(GATEWAYS, 0, memory, slowness), POLICY, seed);
            fleet.run(HOURS * 60);
            stopped += fleet.state().stage() == RolloutStage.PAUSED && fleet.mostUpdated() <= FIRST_WAVE ? 1 : 0;
        }
        figures.share(name, new Proportion(stopped, runs));
    }

    /** A build that loses two points must not come beyond the first two waves. */
    private static void bad(int runs, Figures figures) {
        var stopped = 0;
        for (int seed = 1; seed <= runs; seed++) {
            var fleet = fleet(BAD, seed);
            fleet.run(HOURS * 60);
            var through = fleet.state().stage() == RolloutStage.COMPLETED;
            stopped += !through && fleet.mostUpdated() <= FIRST_TWO_WAVES ? 1 : 0;
            figures.add("badBuild.fleetTouched", fleet.mostUpdated());
            figures.add("badBuild.minutes", minutes(fleet));
        }
        figures.share("badBuildStopped", new Proportion(stopped, runs));
    }

    /** One that loses nothing must come through, however often it is looked at. */
    private static void identical(int runs, Figures figures) {
        var stopped = 0;
        for (int seed = 1; seed <= runs; seed++) {
            var fleet = fleet(0, seed);
            fleet.run(HOURS * 60);
            if (fleet.state().stage() != RolloutStage.COMPLETED) {
                stopped++;
                System.out.printf(
                        Locale.ROOT,
                        "identical build, seed %d: %s: %s%n",
                        seed,
                        fleet.state().phase(),
                        fleet.state().step().because());
            }
            figures.add("goodBuild.minutes", minutes(fleet));
        }
        figures.share("goodBuildStopped", new Proportion(stopped, runs));
    }

    /** One that loses nothing, where most sites are below the floor of the policy under any build: a person's to judge, and no cause to go back. */
    private static void hard(int runs, Figures figures) {
        var hard = policy(WavePlan.USUAL.percents(), QualityGate.USUAL.minAgreement());
        var back = 0;
        for (int seed = 1; seed <= runs; seed++) {
            var fleet = new PureFleet(setting(GATEWAYS, 0, 1, 1), hard, seed);
            fleet.run(HOURS * 60);
            back += fleet.state().stage() == RolloutStage.PAUSED ? 0 : 1;
        }
        figures.share("hardSitesNotPaused", new Proportion(back, runs));
    }

    /** Where every wave runs for a day, looked at in every minute of it, one that loses nothing is not stopped either, and one that does is. */
    private static void patient(int runs, Figures figures) {
        var good = 0;
        var bad = 0;
        for (int seed = 1; seed <= runs; seed++) {
            var same = patient(0.0, seed);
            same.run(2 * HOURS * 60);
            good += same.state().stage() == RolloutStage.COMPLETED ? 0 : 1;
            var worse = patient(BAD, seed);
            worse.run(2 * HOURS * 60);
            bad += worse.state().stage() != RolloutStage.COMPLETED && worse.mostUpdated() <= LARGE_WAVE ? 1 : 0;
        }
        figures.share("daysOfSoak.goodBuildStopped", new Proportion(good, runs));
        figures.share("daysOfSoak.badBuildStopped", new Proportion(bad, runs));
    }

    /** An hour without half of the gateways: it must stop where it is, and come through when a person lets it go on. */
    private static void cut(Figures figures) {
        var fleet = fleet(0, 1);
        toThirdWave(fleet);
        var before = fleet.mostUpdated();
        fleet.cut(true);
        for (int minute = 0; minute < CUT_MINUTES; minute++) {
            fleet.minute();
        }
        figures.add("cut.paused", fleet.state().stage() == RolloutStage.PAUSED ? 1 : 0);
        figures.add("cut.toldDuring", fleet.mostUpdated() - before);
        System.out.println("cut off: " + fleet.state().phase() + ": "
                + fleet.state().step().because());
        fleet.cut(false);
        if (!fleet.isOver() && fleet.state().stage() == RolloutStage.PAUSED) {
            fleet.ask(Cause.Wish.RESUME);
        }
        fleet.run(HOURS * 60);
        fleet.minute();
        figures.add("cut.completedAfter", fleet.state().stage() == RolloutStage.COMPLETED ? 1 : 0);
        figures.add("cut.onCandidateAfter", fleet.onCandidate());
        back(figures);
    }

    /** A person ends it while half of the gateways are cut off: they go back when they return. */
    private static void back(Figures figures) {
        var fleet = fleet(0, 2);
        toThirdWave(fleet);
        fleet.run(5);
        fleet.cut(true);
        fleet.ask(Cause.Wish.ABORT);
        fleet.minute();
        figures.add("cut.stillOnCandidate", fleet.onCandidate());
        fleet.cut(false);
        fleet.minute();
        figures.add("cut.backAfterReturn", 1 - fleet.onCandidate());
    }

    /** Or to where it is stopped before. */
    static void toThirdWave(PureFleet fleet) {
        while (reached(fleet) < 2 && !fleet.isOver() && fleet.state().stage() != RolloutStage.PAUSED) {
            fleet.minute();
        }
    }

    private static int reached(PureFleet fleet) {
        return fleet.state()
                .active()
                .flatMap(Active::progress)
                .map(one -> one.wave())
                .orElse(0);
    }

    private static double minutes(PureFleet fleet) {
        return Duration.between(PureFleet.BEGIN, fleet.now()).toMinutes();
    }
}
