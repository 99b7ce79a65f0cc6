package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.drift.Cause.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Minutes until a known change is found, and the share of runs in which it is within half a day, by verdict and by what others use; in the
 * first row nothing happens, and what is found is a false alarm.
 */
final class Changes {

    private static final int BEFORE = Drift.DAY / 2;
    private static final int REFERENCE_SEED = 4_000;
    private static final String VERDICT = "verdict";

    private final double lambda;
    private final Map<String, Map<String, Found>> found = new LinkedHashMap<>();

    private Changes(double lambda) {
        this.lambda = lambda;
    }

    static void measure(int runs, Figures figures) {
        var lambda = Detector.Means.lambda(before(0, Profiled.of(Climate.INDOORS, 0, REFERENCE_SEED)));
        var changes = new Changes(lambda);
        for (int run = 0; run < runs; run++) {
            changes.measure(run);
        }
        changes.tell(figures);
    }

    private static Map<String, Cause> cases() {
        Map<String, Cause> cases = new LinkedHashMap<>();
        cases.put("nothing", Cause.NONE);
        for (var deviations : new double[] {0.25, 0.5, 1, 2, 3}) {
            cases.put("mean+" + deviations, Cause.shift(Kind.INPUTS, deviations));
        }
        for (var deviations : new double[] {0.5, 1, 2}) {
            cases.put(
                    "oneFeature+" + deviations,
                    Cause.shift(Kind.INPUTS, deviations).onOneFeature());
        }
        for (var factor : new double[] {1.5, 2, 3}) {
            cases.put("variance*" + factor * factor, Cause.shift(Kind.INPUTS, 0).stretched(factor));
        }
        for (var deviations : new double[] {1, 3}) {
            cases.put(
                    "gradualMean+" + deviations,
                    Cause.shift(Kind.INPUTS, deviations).over(6));
        }
        for (var factor : new double[] {2, 5, 10}) {
            cases.put("events*" + factor, Cause.of(Kind.CLASS_MIX).sized(factor));
        }
        for (var errors : new double[] {0.1, 0.2, 0.35}) {
            cases.put("errors+" + errors, Cause.of(Kind.CONCEPT).sized(errors));
        }
        cases.put("gradualErrors+0.35", Cause.of(Kind.CONCEPT).over(6));
        return cases;
    }

    private void measure(int run) {
        var reference = Profiled.of(Climate.INDOORS, run, REFERENCE_SEED + run);
        var before = before(run, reference);
        cases().forEach((name, cause) -> {
            var others = Detector.all(reference, before, lambda);
            var trial = new Trial(
                    Drift.setting(Climate.INDOORS, cause, BEFORE, run), reference, Drift.HORIZON, 5_000 + run);
            measure(found.computeIfAbsent(name, key -> new LinkedHashMap<>()), trial, others);
        });
    }

    private static void measure(Map<String, Found> found, Trial trial, Map<String, Detector> others) {
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int window = 0; window < 2 * BEFORE; window++) {
            var alarms = trial.alarms().size();
            var seen = trial.step();
            var delay = window + 1 - BEFORE;
            note(first, VERDICT, trial.alarms().size() > alarms, trial.isInAlarm(), delay);
            others.forEach((name, detector) -> note(first, name, detector.on(seen), detector.isInAlarm(), delay));
        }
        found.computeIfAbsent(VERDICT, name -> new Found()).add(first.get(VERDICT));
        others.keySet()
                .forEach(name -> found.computeIfAbsent(name, key -> new Found()).add(first.get(name)));
    }

    /** 0 of what is in alarm when the change begins. */
    private static void note(Map<String, Integer> first, String name, boolean raised, boolean inAlarm, int delay) {
        if (delay == 0 && inAlarm) {
            first.put(name, 0);
        } else if (delay > 0 && raised) {
            first.putIfAbsent(name, delay);
        }
    }

    private static List<Window> before(int place, Profiled reference) {
        var site = new Site(Drift.setting(Climate.INDOORS, Cause.NONE, 0, place), reference, 3_000 + place);
        var windows = new ArrayList<Window>();
        for (int i = 0; i < Profiled.DAYS * Drift.DAY; i++) {
            windows.add(site.next());
        }
        return windows;
    }

    private void tell(Figures figures) {
        var detectors = List.copyOf(found.values().iterator().next().keySet());
        System.out.println("| change | " + String.join(" | ", detectors) + " |");
        System.out.println("|---|" + "---|".repeat(detectors.size()));
        found.forEach((change, byDetector) -> {
            var cells = new ArrayList<String>();
            byDetector.forEach((detector, all) -> {
                all.tell(change + "." + detector, figures);
                cells.add(all.inWords());
            });
            System.out.println("| " + change + " | " + String.join(" | ", cells) + " |");
        });
    }
}
