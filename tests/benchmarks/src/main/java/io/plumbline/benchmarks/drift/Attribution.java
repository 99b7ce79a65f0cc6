package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.benchmarks.drift.Cause.Kind;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.chance.Proportion;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which verdict which cause is given: half a day without, a quarter of a day with it, and the verdict that holds then. Of a changed meaning there
 * are more runs, to bound how often it is taken for a stale calibration; they do not count for the rest. Where a calibration is stale at
 * the same time both verdicts are true, which is told apart.
 */
final class Attribution {

    private static final int PLACES = 6_000;
    private static final int SEEDS = 7_000;
    private static final Set<Kind> KINDS = EnumSet.complementOf(EnumSet.of(Kind.CONCEPT_OUT_OF_RANGE));

    private final int runs;
    private final int runsOfConcepts;
    private int right;
    private int concepts;
    private int everStale;

    private Attribution(int runs, int runsOfConcepts) {
        this.runs = runs;
        this.runsOfConcepts = runsOfConcepts;
    }

    /** @param runsOfConcepts at least as many as runs */
    static void measure(int runs, int runsOfConcepts, Figures figures) {
        var attribution = new Attribution(runs, runsOfConcepts);
        for (var kind : KINDS) {
            attribution.measure(kind);
        }
        attribution.tell(figures);
        Map<Verdict, Integer> given = new EnumMap<>(Verdict.class);
        for (int run = 0; run < runs; run++) {
            given.merge(trial(Kind.CONCEPT_OUT_OF_RANGE, run).verdict(), 1, Integer::sum);
        }
        tell(Kind.CONCEPT_OUT_OF_RANGE, given);
    }

    private void measure(Kind kind) {
        var isConcept = kind.verdict() == Verdict.CONCEPT_DRIFT;
        Map<Verdict, Integer> given = new EnumMap<>(Verdict.class);
        for (int run = 0; run < (isConcept ? runsOfConcepts : runs); run++) {
            var trial = trial(kind, run);
            if (run < runs) {
                given.merge(trial.verdict(), 1, Integer::sum);
            }
            if (isConcept) {
                concepts++;
                everStale += trial.everSaid(Verdict.CALIBRATION_STALE) ? 1 : 0;
            }
        }
        right += given.getOrDefault(kind.verdict(), 0);
        tell(kind, given);
    }

    private static Trial trial(Kind kind, int run) {
        var reference = Profiled.of(Climate.INDOORS, run, PLACES + run);
        var setting = Drift.setting(Climate.INDOORS, Cause.of(kind), Drift.DAY / 2, run);
        var trial = new Trial(setting, reference, Drift.HORIZON, SEEDS + 1_000L * kind.ordinal() + run);
        trial.steps(3 * Drift.DAY / 4);
        return trial;
    }

    private static void tell(Kind kind, Map<Verdict, Integer> given) {
        System.out.printf("%-24s expected %-18s given %s%n", kind, kind.verdict(), given);
    }

    private void tell(Figures figures) {
        var all = runs * KINDS.size();
        figures.add("attributionRuns", all);
        figures.share("attributionAccuracy", new Proportion(right, all));
        figures.share("dangerousConfusion", new Proportion(everStale, concepts));
    }
}
