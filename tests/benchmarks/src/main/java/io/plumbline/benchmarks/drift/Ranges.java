package io.plumbline.benchmarks.drift;

/**
 * What the build can represent of each feature.
 *
 * @param deviations from the mean, either way
 */
record Ranges(double deviations) {

    private static final double[] MEANS = {45, 20};
    private static final double[] DEVIATIONS = {2, 0.6};

    /** Calibrated on the reference alone. */
    static final Ranges NARROW = new Ranges(5.5);
    /** Calibrated on more than the reference. */
    static final Ranges WIDE = new Ranges(14);

    boolean holds(int feature, double value) {
        return Math.abs(value - MEANS[feature]) <= deviations * DEVIATIONS[feature];
    }

    /** A value of the first feature that no range holds. */
    static double beyond() {
        return MEANS[0] + 20 * DEVIATIONS[0];
    }
}
