package io.plumbline.benchmarks.drift;

import io.plumbline.benchmarks.Figures;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.chance.Dispersion;
import io.plumbline.drift.chance.Proportion;
import io.plumbline.drift.confidence.Calibration;
import io.plumbline.drift.confidence.EstimatedAccuracy;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.drift.confidence.LabelledScores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The accuracy that confidence promises for a while beside the one that is counted then, on sites where nothing happens, each with a
 * day of labels before. Periods of one site share its calibration, so intervals are over sites.
 */
final class Promises {

    private static final double CONFIDENCE = 0.95;
    private static final int PERIODS = 10;
    private static final int SIX_HOURS = 6 * (int) Site.WINDOWS_PER_HOUR;

    private final String name;
    private final int windows;
    private final boolean independent;
    private final List<Double> coverages = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    private Promises(String name, int windows, boolean independent) {
        this.name = name;
        this.windows = windows;
        this.independent = independent;
    }

    /** For six hours, on which verdicts rest where nobody labels, and for half an hour, in which chance is larger. */
    static void measure(int sites, Figures figures) {
        for (var promises : List.of(
                new Promises("SixHours", SIX_HOURS, false),
                new Promises("SixHoursAsIfLabelsWereIndependent", SIX_HOURS, true),
                new Promises("HalfAnHour", Detector.HORIZON, false))) {
            for (int site = 0; site < sites; site++) {
                promises.measure(site);
            }
            promises.tell(figures);
        }
    }

    private void measure(int place) {
        var reference = Profiled.of(Climate.INDOORS, place, 8_000 + place);
        var site = new Site(Drift.setting(Climate.INDOORS, Cause.NONE, 0, place), reference, 8_500 + place);
        var calibration = Calibration.of(labelled(site));
        var covered = 0;
        var errorsOfSite = 0.0;
        for (int period = 0; period < PERIODS; period++) {
            List<Counts> confidence = new ArrayList<>();
            var right = 0L;
            for (int i = 0; i < windows; i++) {
                var window = site.next();
                confidence.add(window.confidence().stream()
                        .map(ConfidenceSketch::bins)
                        .reduce(Counts.zeros(ConfidenceSketch.BINS), Counts::plus));
                right += window.right();
            }
            var estimate = estimate(confidence, calibration);
            var error = Math.abs((double) right / estimate.count() - estimate.share());
            errorsOfSite += error / PERIODS;
            covered += error <= Proportion.deviations(CONFIDENCE) * estimate.error() ? 1 : 0;
        }
        coverages.add((double) covered / PERIODS);
        errors.add(errorsOfSite);
    }

    /** As the processor looks at it: half hours, and the windows of the last one. */
    private static EstimatedAccuracy estimate(List<Counts> windows, Calibration calibration) {
        List<Counts> stretches = new ArrayList<>();
        var horizon = windows.size() - Detector.HORIZON;
        for (int i = 0; i < horizon; i += Detector.HORIZON) {
            stretches.add(windows.subList(i, i + Detector.HORIZON).stream()
                    .reduce(Counts::plus)
                    .orElseThrow());
        }
        stretches.addAll(windows.subList(horizon, windows.size()));
        var all = stretches.stream().reduce(Counts::plus).orElseThrow();
        return EstimatedAccuracy.of(all, Dispersion.likely(stretches), calibration);
    }

    private LabelledScores labelled(Site site) {
        var labelled = LabelledHistory.NONE;
        for (int window = 0; window < Drift.DAY; window++) {
            var at = Instant.EPOCH.plus(Judge.LENGTH.multipliedBy(window));
            for (var answer : site.next().labelled()) {
                labelled = labelled.plus(at, answer.score(), answer.int8().equals(answer.truth()));
            }
        }
        return independent
                ? new LabelledScores(labelled.answers(), labelled.right(), Optional.of(1.0))
                : labelled.scores();
    }

    private void tell(Figures figures) {
        tell("cbpeCoverage" + name, coverages, figures);
        tell("cbpeMae" + name, errors, figures);
    }

    private static void tell(String figure, List<Double> bySite, Figures figures) {
        var mean = bySite.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        var squares = bySite.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        var reach = Proportion.deviations(CONFIDENCE) * Math.sqrt(squares / (bySite.size() - 1.0) / bySite.size());
        figures.add(figure, mean);
        System.out.printf(
                Locale.ROOT,
                "%s %.4f, 95 %% interval %.4f to %.4f over %d sites of %d periods%n",
                figure,
                mean,
                mean - reach,
                mean + reach,
                bySite.size(),
                PERIODS);
    }
}
