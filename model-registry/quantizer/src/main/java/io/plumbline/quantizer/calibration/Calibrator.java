package io.plumbline.quantizer.calibration;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.arithmetic.HistogramRange;

/** Chooses the range of an activation from what was seen of it. Pure; but for the margin the range lies within what was seen. */
@FunctionalInterface
public interface Calibrator {

    ActivationRange range(Histogram histogram);

    /** Exactly what was seen: nothing clips, and one outlier makes every step coarser. */
    static Calibrator minMax() {
        return Histogram::seen;
    }

    /** What was seen, and five percent of its width more at each end: the next hour is never quite like the last. */
    static Calibrator minMaxWithMargin() {
        return histogram -> histogram.seen().widened(0.05);
    }

    /**
     * The {@link MovingAverage} of the ranges of single samples: an outlier moves it a little, and is forgotten.
     *
     * @see MovingAverage#SMOOTHING
     */
    static Calibrator movingAverage() {
        return histogram -> histogram
                .average()
                .orElseThrow(() -> new IllegalArgumentException("calibrator moving-average needs samples one after the"
                        + " other; merged histograms do not tell their order: use another calibrator"));
    }

    /**
     * Leaves the same share of the values outside at each end.
     *
     * @param share of the values to keep, in (0, 1]
     */
    static Calibrator percentile(double share) {
        return histogram -> HistogramRange.percentile(share, histogram.bound(), histogram.counts(), histogram.seen());
    }

    /** The range whose 256 levels keep the most of the distribution: see {@link EntropyRange}. */
    static Calibrator entropy() {
        return EntropyRange::of;
    }

    /** The range with the smallest expected squared error at 256 levels: see {@link SquaredErrorRange}. */
    static Calibrator meanSquaredError() {
        return SquaredErrorRange::of;
    }

    /**
     * By name: {@code minmax}, {@code minmax-margin}, {@code moving-average}, {@code entropy}, {@code mse}, {@code percentile} (99.99 %), or {@code percentile:99.9}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Calibrator named(String name) {
        return switch (name) {
            case "minmax" -> minMax();
            case "minmax-margin" -> minMaxWithMargin();
            case "moving-average" -> movingAverage();
            case "entropy" -> entropy();
            case "mse" -> meanSquaredError();
            case "percentile" -> percentile(0.9999);
            default -> Percentiles.parse(name);
        };
    }
}
