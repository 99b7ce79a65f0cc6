package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.drift.Cause.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Minutes until a known change is found, and the share of runs in which it is, by verdict and by what others use. */
final class Changes {

    private static final int MINUTES = 5;
    private static final int BEFORE = Drift.DAY / 2;
    private static final int REFERENCE_SEED = 4_000;

    private final double lambda;
    private final Figures figures;

    private Changes(double lambda, Figures figures) {
        this.lambda = lambda;
        this.figures = figures;
    }

    static void measure(int runs, Figures figures) {
        var lambda = Detector.Means.lambda(before(0, Profiled.of(Climate.INDOORS, 0, REFERENCE_SEED)));
        var changes = new Changes(lambda, figures);
        cases().forEach((name, cause) -> changes.measure(name, cause, runs));
    }

    private static Map<String, Cause> cases() {
        Map<String, Cause> cases = new LinkedHashMap<>();
        cases.put("meanHalf", Cause.shift(Kind.INPUTS, 0.5));
        cases.put("meanOne", Cause.shift(Kind.INPUTS, 1));
        cases.put("meanThree", Cause.shift(Kind.INPUTS, 3));
        cases.put("varianceTimesFour", Cause.shift(Kind.INPUTS, 0).stretched(2));
        cases.put("oneFeatureTwo", Cause.shift(Kind.INPUTS, 2).onOneFeature());
        cases.put("gradualThree", Cause.shift(Kind.INPUTS, 3).over(6));
        cases.put("classMix", Cause.of(Kind.CLASS_MIX));
        cases.put("concept", Cause.of(Kind.CONCEPT));
        return cases;
    }

    private void measure(String name, Cause cause, int runs) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            delays(cause, run).forEach((detector, delay) -> {
                found.merge(detector, delay > 0 ? 1 : 0, Integer::sum);
                if (delay > 0) {
                    figures.add("delay." + name + "." + detector, MINUTES * delay);
                }
            });
        }
        found.forEach((detector, count) -> figures.add("power." + name + "." + detector, (double) count / runs));
    }

    /** Windows until the first alarm in the half day after the cause, by detector; 0 for none. */
    private Map<String, Integer> delays(Cause cause, int run) {
        var reference = Profiled.of(Climate.INDOORS, run, REFERENCE_SEED + run);
        var trial =
                new Trial(Drift.setting(Climate.INDOORS, cause, BEFORE, run), reference, Drift.HORIZON, 5_000 + run);
        var others = Detector.all(reference, before(run, reference), lambda);
        Map<String, Integer> first = new LinkedHashMap<>();
        first.put("verdict", 0);
        others.keySet().forEach(name -> first.put(name, 0));
        for (int window = 0; window < 2 * BEFORE; window++) {
            var alarms = trial.alarms().size();
            var seen = trial.step();
            var delay = Math.max(0, window + 1 - BEFORE);
            note(first, "verdict", trial.alarms().size() > alarms, delay);
            others.forEach((name, detector) -> note(first, name, detector.on(seen), delay));
        }
        return first;
    }

    private static void note(Map<String, Integer> first, String detector, boolean alarm, int delay) {
        first.computeIfPresent(detector, (name, known) -> alarm && known == 0 ? delay : known);
    }

    private static List<Window> before(int place, Profiled reference) {
        var site = new Site(Drift.setting(Climate.INDOORS, Cause.NONE, 0, place), reference, 3_000 + place);
        var windows = new ArrayList<Window>();
        for (int i = 0; i < Profiled.DAYS * Drift.DAY; i++) {
            windows.add(site.next());
        }
        return windows;
    }
}
