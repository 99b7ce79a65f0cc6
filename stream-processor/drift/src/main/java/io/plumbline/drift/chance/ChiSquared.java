package io.plumbline.drift.chance;

/** The chi-squared distribution with k degrees of freedom: its distribution function is P(k / 2, x / 2). */
final class ChiSquared {

    private static final int HALVINGS = 200;

    private ChiSquared() {}

    /** Probability that a value is at most x. */
    static double cumulative(int degrees, double x) {
        return GammaFunction.lowerRegularized(degrees / 2.0, x / 2);
    }

    /**
     * The value that a share p of the distribution does not exceed.
     *
     * @param p in [0, 1)
     */
    static double quantile(int degrees, double p) {
        var low = 0.0;
        var bound = (double) Math.max(1, degrees);
        while (cumulative(degrees, bound) < p) {
            low = bound;
            bound *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            var middle = (low + bound) / 2;
            if (middle <= low || middle >= bound) {
                break;
            }
            if (cumulative(degrees, middle) < p) {
                low = middle;
            } else {
                bound = middle;
            }
        }
        return bound;
    }

    /** How many standard deviations a normal value stays within with this probability: the root of a 1-degree quantile. */
    static double deviations(double confidence) {
        return Math.sqrt(quantile(1, confidence));
    }
}
