package io.plumbline.drift.distance;

import io.plumbline.contract.wire.Counts;

/**
 * The two-sample Kolmogorov-Smirnov statistic on binned counts: with the cumulative shares F of the reference and G of the
 * current counts,
 *
 * <pre>D = max<sub>i</sub> |F(i) - G(i)|</pre>
 *
 * over the upper edges of the bins. Values within a bin cannot be told apart, so D is at most that of the values themselves,
 * and a test with it is on the safe side.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177730256">Smirnov 1948</a>
 */
public final class KolmogorovSmirnov {

    /** Beyond it a term of the series is below the last digit. */
    private static final int MOST_TERMS = 100;

    private static final double SMALL = 0.2;

    private KolmogorovSmirnov() {}

    /**
     * D, in [0, 1]; 0 for equal shares.
     *
     * @throws IllegalArgumentException if the bins differ in number, or one of them counted nothing
     */
    public static double statistic(Counts reference, Counts current) {
        var shares = Shares.of(reference, current);
        var largest = 0.0;
        var difference = 0.0;
        for (int i = 0; i < shares.size(); i++) {
            difference += shares.reference(i) - shares.current(i);
            largest = Math.max(largest, Math.abs(difference));
        }
        return Math.min(1, largest);
    }

    /**
     * Probability that chance alone gives at least this D to samples of these sizes: Kolmogorov's limit law
     * 2 &Sigma;<sub>k&ge;1</sub> (-1)<sup>k-1</sup> e<sup>-2k&sup2;&lambda;&sup2;</sup> at &lambda; = D &radic;(nm / (n + m)).
     * Takes values as independent; good from about 30 each on.
     *
     * @param statistic D, in [0, 1]
     * @param m size of one sample, at least 1
     * @param n size of the other, at least 1
     */
    public static double pValue(double statistic, long m, long n) {
        var lambda = statistic * Math.sqrt((double) m / ((double) m + n) * n);
        if (lambda < SMALL) {
            return 1; // to 27 digits, and the series would not converge
        }
        var sum = 0.0;
        for (int k = 1; k <= MOST_TERMS; k++) {
            var term = StrictMath.exp(-2.0 * k * k * lambda * lambda);
            sum += k % 2 == 1 ? term : -term;
        }
        return Math.min(1, Math.max(0, 2 * sum));
    }

    /**
     * The D that chance alone exceeds with about this probability: &radic;(-ln(&alpha; / 2) / 2) &radic;((n + m) / nm).
     *
     * @param alpha in (0, 1)
     */
    public static double noise(long m, long n, double alpha) {
        return Math.sqrt(-StrictMath.log(alpha / 2) / 2) * Math.sqrt(1.0 / m + 1.0 / n);
    }
}
