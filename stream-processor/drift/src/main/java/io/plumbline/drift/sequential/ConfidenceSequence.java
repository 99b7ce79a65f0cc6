package io.plumbline.drift.sequential;

/**
 * The asymptotic confidence sequence of a mean: with n observations of mean d and variance V,
 *
 * <pre>d &plusmn; &radic;V &radic;(2 (n&rho;&sup2; + 1) / (n&sup2;&rho;&sup2;) ln(&radic;(n&rho;&sup2; + 1) / &alpha;))</pre>
 *
 * It covers the true mean at all n at once with probability 1 - &alpha;, in the limit of large n, and is tightest near the n that
 * &rho; was chosen for: &rho;&sup2; = (-2 ln &alpha; + ln(-2 ln &alpha; + 1)) / n.
 *
 * @see <a href="https://doi.org/10.1214/24-AOS2408">Waudby-Smith et al. 2024</a>
 */
public final class ConfidenceSequence {

    /** Below it the limit is not near. */
    private static final long LEAST = 100;

    private final double alpha;
    private final double rhoSquared;

    /**
     * @param alpha in (0, 1)
     * @param tightestAt observations at which it is to be tightest, positive
     */
    public ConfidenceSequence(double alpha, long tightestAt) {
        if (!(alpha > 0 && alpha < 1) || tightestAt <= 0) {
            throw new IllegalArgumentException(
                    "alpha " + alpha + " must be in (0, 1) and tightestAt " + tightestAt + " positive");
        }
        this.alpha = alpha;
        var logarithm = -2 * StrictMath.log(alpha);
        this.rhoSquared = (logarithm + StrictMath.log(logarithm + 1)) / tightestAt;
    }

    /** Of a mean, such as that of paired differences; everything is possible below {@value #LEAST} observations. */
    public Confidence of(Moments observed) {
        return around(observed.mean(), observed.variance(), observed.count());
    }

    /**
     * Of the difference of two independent arms, second minus first, which takes as many observations as the smaller has: with
     * V = V&#8321; n / n&#8321; + V&#8322; n / n&#8322;.
     */
    public Confidence difference(Moments first, Moments second) {
        var n = Math.min(first.count(), second.count());
        if (n == 0) {
            return Confidence.UNKNOWN;
        }
        var variance = first.variance() * n / first.count() + second.variance() * n / second.count();
        return around(second.mean() - first.mean(), variance, n);
    }

    private Confidence around(double mean, double variance, long count) {
        if (count < LEAST) {
            return Confidence.UNKNOWN;
        }
        var n = (double) count;
        // Where nothing varied yet, the next observation still may: at most one in n so far.
        var spread = Math.sqrt(Math.max(variance, 1 / n)
                * 2
                * (n * rhoSquared + 1)
                / (n * n * rhoSquared)
                * StrictMath.log(Math.sqrt(n * rhoSquared + 1) / alpha));
        return new Confidence(mean - spread, mean + spread);
    }
}
