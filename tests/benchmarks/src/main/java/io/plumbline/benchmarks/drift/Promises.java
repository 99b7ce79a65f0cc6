package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.chance.Dispersion;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.drift.confidence.Calibration;
import io.plumbline.drift.confidence.EstimatedAccuracy;
import io.plumbline.drift.confidence.LabelledScores;
import java.util.ArrayList;
import java.util.List;

/** The accuracy that confidence promises for a while beside the one that is counted then, from a day of labels before. */
final class Promises {

    private static final double CONFIDENCE = 0.95;
    private static final int SIX_HOURS = 6 * (int) Site.WINDOWS_PER_HOUR;

    private Promises() {}

    /** For half an hour, on which verdicts rest, and for six, in which chance is smaller. */
    static void measure(int horizons, Figures figures) {
        measure("", Detector.HORIZON, horizons, figures);
        measure("SixHours", SIX_HOURS, horizons / 4, figures);
    }

    private static void measure(String name, int windows, int horizons, Figures figures) {
        var reference = Profiled.of(Climate.INDOORS, 0, 8_000);
        var site = new Site(Drift.setting(Climate.INDOORS, Cause.NONE, 0, 0), reference, 8_001);
        var calibration = Calibration.of(labelled(site));
        var covered = 0;
        for (int horizon = 0; horizon < horizons; horizon++) {
            List<Counts> confidence = new ArrayList<>();
            var right = 0L;
            var answers = 0L;
            for (int i = 0; i < windows; i++) {
                var window = site.next();
                confidence.add(window.confidence().stream()
                        .map(ConfidenceSketch::bins)
                        .reduce(Counts.zeros(ConfidenceSketch.BINS), Counts::plus));
                right += window.right();
                answers += window.answers();
            }
            var all = confidence.stream().reduce(Counts::plus).orElseThrow();
            var estimate = EstimatedAccuracy.of(all, Dispersion.likely(confidence), calibration);
            var error = Math.abs((double) right / answers - estimate.share());
            figures.add("cbpeError" + name, error);
            covered += error <= Proportion.deviations(CONFIDENCE) * estimate.error() ? 1 : 0;
        }
        figures.add("cbpeMae" + name, figures.mean("cbpeError" + name));
        Drift.share("cbpeCoverage" + name, new Proportion(covered, horizons), figures);
    }

    private static LabelledScores labelled(Site site) {
        var labelled = LabelledScores.NONE;
        for (int window = 0; window < Drift.DAY; window++) {
            for (var answer : site.next().labelled()) {
                labelled = labelled.plus(answer.score(), answer.int8().equals(answer.truth()));
            }
        }
        return labelled;
    }
}
