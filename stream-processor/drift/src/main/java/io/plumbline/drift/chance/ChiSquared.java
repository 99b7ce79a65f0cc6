package io.plumbline.drift.chance;

/** The chi-squared distribution with k degrees of freedom: its distribution function is P(k / 2, x / 2). */
public final class ChiSquared {

    private static final int MOST_STEPS = 200;
    private static final double PRECISION = 1e-15;

    /* Nearly every interval of a process has the same confidence, and each fact of a verdict has one. */
    private static volatile Deviations newest = new Deviations(0, 0);

    private ChiSquared() {}

    /** Probability that a value is at most x. */
    static double cumulative(int degrees, double x) {
        return GammaFunction.lowerRegularized(degrees / 2.0, x / 2);
    }

    /** The density, which is the slope of {@link #cumulative}; x greater than 0. */
    private static double density(int degrees, double x) {
        var half = degrees / 2.0;
        return StrictMath.exp((half - 1) * StrictMath.log(x / 2) - x / 2 - GammaFunction.logGamma(half)) / 2;
    }

    /**
     * The value that a share p of the distribution does not exceed, by Newton's method, which halves the bracket instead where
     * it would leave it.
     *
     * @param p in [0, 1)
     */
    public static double quantile(int degrees, double p) {
        var low = 0.0;
        var bound = (double) Math.max(1, degrees);
        while (cumulative(degrees, bound) < p) {
            low = bound;
            bound *= 2;
        }
        var x = (low + bound) / 2;
        for (int i = 0; i < MOST_STEPS && bound - low > PRECISION * bound; i++) {
            var over = cumulative(degrees, x) - p;
            if (over < 0) {
                low = x;
            } else {
                bound = x;
            }
            var next = x - over / density(degrees, x);
            next = next > low && next < bound ? next : (low + bound) / 2;
            if (Math.abs(next - x) <= PRECISION * x) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** How many standard deviations a normal value stays within with this probability: the root of a 1-degree quantile. */
    static double deviations(double confidence) {
        var known = newest;
        if (known.confidence() != confidence) {
            known = new Deviations(confidence, Math.sqrt(quantile(1, confidence)));
            newest = known;
        }
        return known.within();
    }

    private record Deviations(double confidence, double within) {}
}
