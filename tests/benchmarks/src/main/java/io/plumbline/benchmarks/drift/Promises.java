package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.drift.confidence.Calibration;
import io.plumbline.drift.confidence.EstimatedAccuracy;
import io.plumbline.drift.confidence.LabelledScores;
import java.util.ArrayList;
import java.util.List;

/** The accuracy that confidence promises for half an hour beside the true one, from a day of labels before. */
final class Promises {

    private static final double CONFIDENCE = 0.95;

    private Promises() {}

    static void measure(int horizons, Figures figures) {
        var reference = Profiled.of(Climate.INDOORS, 0, 8_000);
        var site = new Site(Drift.setting(Climate.INDOORS, Cause.NONE, 0, 0), reference, 8_001);
        var calibration = Calibration.of(labelled(site));
        var covered = 0;
        for (int horizon = 0; horizon < horizons; horizon++) {
            List<ConfidenceSketch> confidence = new ArrayList<>();
            var right = 0L;
            var answers = 0L;
            for (int i = 0; i < Detector.HORIZON; i++) {
                var window = site.next();
                confidence.addAll(window.confidence());
                right += window.right();
                answers += window.answers();
            }
            var estimate = EstimatedAccuracy.of(confidence, calibration);
            var error = Math.abs((double) right / answers - estimate.share());
            figures.add("cbpeError", error);
            covered += error <= Proportion.deviations(CONFIDENCE) * estimate.error() ? 1 : 0;
        }
        figures.add("cbpeMae", figures.mean("cbpeError"));
        Drift.share("cbpeCoverage", new Proportion(covered, horizons), figures);
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
