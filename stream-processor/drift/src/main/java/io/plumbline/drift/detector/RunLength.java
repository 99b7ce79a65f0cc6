package io.plumbline.drift.detector;

import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * The threshold at which a detector raises a false alarm only once in so many values, on average: the average run length of a
 * stream that does not change, which is drawn with replacement from values of one. A stream whose values follow each other
 * closely must be thinned first, or the length is too optimistic.
 */
public final class RunLength {

    private static final int HALVINGS = 24;
    private static final int LONGEST = 20;

    private final double[] stationary;
    private final int runs;
    private final long seed;

    /**
     * @param stationary values of a stream that has not changed, at least 30
     * @param runs simulated streams for each threshold; 100 give the length to about a tenth
     */
    public RunLength(double[] stationary, int runs, long seed) {
        if (stationary.length < 30) {
            throw new IllegalArgumentException(
                    stationary.length + " values are too few to simulate a stream; give at least 30");
        }
        this.stationary = stationary.clone();
        this.runs = runs;
        this.seed = seed;
    }

    /**
     * The smallest threshold with at least this average run length, found by halving between two.
     *
     * @param target values between two false alarms
     * @param low a threshold with a shorter length
     * @param high a threshold with a longer one
     */
    public double threshold(double target, double low, double high, DoubleFunction<ChangeDetector> detectors) {
        var below = low;
        var above = high;
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (below + above) / 2;
            if (mean(middle, target, detectors) < target) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /**
     * Average run length at a threshold. A run is given up after 20 times the target, which bounds the time and, for
     * lengths near the target, changes the mean by less than a billionth.
     */
    public double mean(double threshold, double target, DoubleFunction<ChangeDetector> detectors) {
        var longest = (long) Math.ceil(LONGEST * target);
        var total = 0.0;
        for (int run = 0; run < runs; run++) {
            total += length(detectors.apply(threshold), new Random(seed + run), longest);
        }
        return total / runs;
    }

    private long length(ChangeDetector detector, Random random, long longest) {
        for (long n = 1; n < longest; n++) {
            if (detector.add(stationary[random.nextInt(stationary.length)])) {
                return n;
            }
        }
        return longest;
    }
}
