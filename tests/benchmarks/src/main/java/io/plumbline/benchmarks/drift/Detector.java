package io.plumbline.benchmarks.drift;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.chance.PopulationStability;
import io.plumbline.drift.detector.Adwin;
import io.plumbline.drift.detector.ChangeDetector;
import io.plumbline.drift.detector.DriftDetectionMethod;
import io.plumbline.drift.detector.HoeffdingDetection;
import io.plumbline.drift.detector.PageHinkley;
import io.plumbline.drift.detector.RunLength;
import io.plumbline.drift.distance.Hellinger;
import io.plumbline.drift.distance.JensenShannon;
import io.plumbline.drift.distance.KolmogorovSmirnov;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** What others use, on the windows of one site. Not thread-safe. */
interface Detector {

    /** Whether it raises an alarm with this window, which it did not have raised before. */
    boolean on(Window window);

    /** Whether it has raised one that still holds; what tells of changes alone has none that does. */
    default boolean isInAlarm() {
        return false;
    }

    /** Windows of a week, between two false alarms of a detector that is set for that. */
    double WEEK = 7 * 24 * Site.WINDOWS_PER_HOUR;

    int HORIZON = 6;

    /** The one that others use. */
    static Detector plain(Profiled reference) {
        return new Distance(reference, (r, c) -> PopulationStability.index(r, c) > 0.1);
    }

    /**
     * All of them by name.
     *
     * @param lambda threshold of Page-Hinkley
     */
    static Map<String, Detector> all(Profiled reference, List<Window> before, double lambda) {
        Map<String, Detector> all = new LinkedHashMap<>();
        all.put("psi0.1", plain(reference));
        all.put(
                "ks0.01",
                new Distance(
                        reference,
                        (r, c) -> KolmogorovSmirnov.statistic(r, c)
                                > KolmogorovSmirnov.noise(r.total(), c.total(), 0.01)));
        all.put("js0.1", new Distance(reference, (r, c) -> JensenShannon.distance(r, c) > 0.1));
        all.put("hellinger0.15", new Distance(reference, (r, c) -> Hellinger.distance(r, c) > 0.15));
        all.put("adwinOnMeans", new Means(before, List.of(new Adwin(0.002), new Adwin(0.002))));
        all.put("pageHinkleyOnMeans", Means.pageHinkley(before, lambda));
        all.put("ddmOnLabels", new Errors(new DriftDetectionMethod()));
        all.put("hddmOnLabels", new Errors(new HoeffdingDetection(0.001)));
        all.put("adwinOnLabels", new Errors(new Adwin(0.002)));
        return all;
    }

    /** A fixed threshold on the distance of a horizon from the reference. */
    final class Distance implements Detector {

        private final Profiled reference;
        private final BiPredicate<Counts, Counts> exceeds;
        private final Deque<List<FeatureSketch>> horizon = new ArrayDeque<>();
        private boolean raised;

        Distance(Profiled reference, BiPredicate<Counts, Counts> exceeds) {
            this.reference = reference;
            this.exceeds = exceeds;
        }

        @Override
        public boolean on(Window window) {
            horizon.add(window.sketches(reference));
            if (horizon.size() > HORIZON) {
                horizon.remove();
            }
            var before = raised;
            raised =
                    horizon.size() == HORIZON && Arrays.stream(new int[] {0, 1}).anyMatch(this::moved);
            return raised && !before;
        }

        @Override
        public boolean isInAlarm() {
            return raised;
        }

        private boolean moved(int feature) {
            var sum = horizon.stream()
                    .map(w -> w.get(feature).bins())
                    .reduce(Counts::plus)
                    .orElseThrow();
            ReferenceProfile.Feature usual =
                    reference.reference().profile().features().get(feature);
            return exceeds.test(usual.bins(), sum);
        }
    }

    /** Changes of the mean of the windows, of either feature; values are brought to [0, 1] by the days before. */
    final class Means implements Detector {

        private static final double DELTA = 0.005;

        private final double[] mean = new double[Mote.FEATURES];
        private final double[] deviation = new double[Mote.FEATURES];
        private final List<? extends ChangeDetector> detectors;

        Means(List<Window> before, List<? extends ChangeDetector> detectors) {
            this.detectors = detectors;
            for (int f = 0; f < Mote.FEATURES; f++) {
                var feature = f;
                var stats = before.stream().mapToDouble(w -> w.mean(feature)).summaryStatistics();
                mean[f] = stats.getAverage();
                deviation[f] = Math.sqrt(before.stream()
                        .mapToDouble(w -> Math.pow(w.mean(feature) - mean[feature], 2))
                        .average()
                        .orElseThrow());
            }
        }

        /** Upwards and downwards for each feature. */
        static Means pageHinkley(List<Window> before, double lambda) {
            return new Means(
                    before,
                    Stream.generate(() -> new PageHinkley(DELTA, lambda))
                            .limit(2 * Mote.FEATURES)
                            .toList());
        }

        /** The threshold with which each of the four raises a false alarm in four weeks. */
        static double lambda(List<Window> before) {
            var scale = new Means(before, List.of());
            var usual = before.stream().mapToDouble(w -> scale.scaled(0, 1, w)).toArray();
            return new RunLength(usual, 30, 1).threshold(4 * WEEK, 0.01, 20, l -> new PageHinkley(DELTA, l));
        }

        private double scaled(int feature, int sign, Window window) {
            var z = sign * (window.mean(feature) - mean[feature]) / deviation[feature];
            return Math.max(0, Math.min(1, 0.5 + z / 20));
        }

        @Override
        public boolean on(Window window) {
            var alarm = false;
            for (int i = 0; i < detectors.size(); i++) {
                var perFeature = detectors.size() / Mote.FEATURES;
                var sign = i % perFeature == 0 ? 1 : -1;
                alarm |= detectors.get(i).add(scaled(i / perFeature, sign, window));
            }
            return alarm;
        }
    }

    /** Changes of the error rate of labelled answers. */
    final class Errors implements Detector {

        private final ChangeDetector detector;

        Errors(ChangeDetector detector) {
            this.detector = detector;
        }

        @Override
        public boolean on(Window window) {
            return window.labelled().stream()
                            .mapToDouble(a -> a.int8().equals(a.truth()) ? 0 : 1)
                            .filter(detector::add)
                            .count()
                    > 0;
        }
    }
}
