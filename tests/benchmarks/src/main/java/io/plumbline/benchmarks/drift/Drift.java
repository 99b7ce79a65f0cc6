package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Bench;
import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.drift.Cause.Kind;
import io.plumbline.benchmarks.real.RealDrift;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.chance.ChiSquared;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How often nothing is called something on sites where nothing happens; how soon and how surely known changes are found, beside
 * what others use; which verdict which cause is given; and how near the accuracy that confidence promises is to the true one.
 */
public final class Drift implements Bench.Benchmark {

    static final int DAY = (int) (24 * Site.WINDOWS_PER_HOUR);
    static final Duration HORIZON = Duration.ofMinutes(30);

    private static final int QUIET_DAYS = 20;
    private static final Set<Kind> CLIPPING = EnumSet.of(Kind.RANGES, Kind.STUCK, Kind.CONCEPT_OUT_OF_RANGE);

    private final Set<Part> parts;

    public Drift() {
        this(EnumSet.allOf(Part.class));
    }

    private Drift(Set<Part> parts) {
        this.parts = parts;
    }

    /** What can be measured by itself. */
    private enum Part {
        QUIET,
        CAUSES,
        PROMISES,
        CHANGES,
        REAL,
        SLOW;

        private static Part of(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "kind '" + name + "' is not known; known are " + Arrays.toString(values())));
        }
    }

    /** {@code kind}: one part alone, by its name in lower case. */
    @Override
    public Bench.Benchmark with(Map<String, String> settings) {
        if (!Set.of("kind").containsAll(settings.keySet())) {
            throw new IllegalArgumentException("drift knows --kind alone, not " + settings.keySet());
        }
        return Optional.ofNullable(settings.get("kind"))
                .<Bench.Benchmark>map(kind -> new Drift(EnumSet.of(Part.of(kind))))
                .orElse(this);
    }

    @Override
    public Figures run(boolean quick) {
        var figures = new Figures();
        for (var part : parts) {
            var began = System.nanoTime();
            switch (part) {
                case QUIET -> {
                    quiet("indoors", Climate.INDOORS, Cause.NONE, HORIZON, quick ? 5 : 25, figures);
                    quiet("unlabelled", Climate.INDOORS, Cause.of(Kind.UNLABELLED), HORIZON, quick ? 5 : 25, figures);
                }
                case CAUSES -> Attribution.measure(quick ? 4 : 20, quick ? 4 : 100, figures);
                case PROMISES -> Promises.measure(quick ? 8 : 60, figures);
                case CHANGES -> Changes.measure(quick ? 4 : 40, figures);
                case REAL -> RealDrift.measure(figures);
                case SLOW -> slow(figures);
            }
            System.err.printf(Locale.ROOT, "%s took %.0f s%n", part, (System.nanoTime() - began) / 1e9);
        }
        return figures;
    }

    private static void slow(Figures figures) {
        quiet("slow", Climate.SLOW, Cause.NONE, HORIZON, 2, figures);
        quiet("slowSixHours", Climate.SLOW, Cause.NONE, Duration.ofHours(6), 2, figures);
        quiet("outdoors", Climate.OUTDOORS, Cause.NONE, HORIZON, 2, figures);
        quiet("outdoorsDay", Climate.OUTDOORS, Cause.NONE, Duration.ofDays(1), 2, figures);
    }

    /** The build of causes that clip is calibrated on the reference alone. */
    static Site.Setting setting(Climate climate, Cause cause, int causeAt, int place) {
        var ranges = CLIPPING.contains(cause.kind()) ? Ranges.NARROW : Ranges.WIDE;
        return new Site.Setting(climate, ranges, cause, causeAt, place);
    }

    /** 20 days of four motes on each of the sites; what is no change begins after half a day. */
    private static void quiet(String name, Climate climate, Cause none, Duration horizon, int sites, Figures figures) {
        var plain = 0;
        Map<Verdict, Integer> alarms = new EnumMap<>(Verdict.class);
        for (int place = 0; place < sites; place++) {
            var reference = Profiled.of(climate, place, 1_000 + place);
            var trial = new Trial(setting(climate, none, DAY / 2, place), reference, horizon, 2_000 + place);
            var psi = Detector.plain(reference);
            for (int window = 0; window < QUIET_DAYS * DAY; window++) {
                plain += psi.on(trial.step()) ? 1 : 0;
            }
            trial.alarms().forEach(e -> alarms.merge(e.verdict(), 1, Integer::sum));
        }
        var deviceDays = sites * QUIET_DAYS * Site.MOTES;
        falseAlarms(name, alarms, deviceDays, figures);
        figures.add("falseAlarmsPer1000DeviceDays." + name + ".psi0.1", 1000.0 * plain / deviceDays);
    }

    /** With the exact interval of a Poisson count. */
    private static void falseAlarms(String name, Map<Verdict, Integer> alarms, int deviceDays, Figures figures) {
        var count = alarms.values().stream().mapToInt(Integer::intValue).sum();
        figures.add("falseAlarmsPer1000DeviceDays." + name, 1000.0 * count / deviceDays);
        System.out.printf(
                Locale.ROOT,
                "%s: %d device-days, false alarms %s, 95 %% interval %.2f to %.2f per 1,000 device-days%n",
                name,
                deviceDays,
                alarms,
                count == 0 ? 0 : 500 * ChiSquared.quantile(2 * count, 0.025) / deviceDays,
                500 * ChiSquared.quantile(2 * count + 2, 0.975) / deviceDays);
    }
}
