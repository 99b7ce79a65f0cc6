package io.plumbline.drift.distance;

import io.plumbline.contract.wire.Counts;

/**
 * The Jensen-Shannon distance with logarithms to base 2: with m<sub>i</sub> = (p<sub>i</sub> + q<sub>i</sub>) / 2,
 *
 * <pre>&radic;(&frac12; &Sigma; p<sub>i</sub> log&#8322;(p<sub>i</sub> / m<sub>i</sub>) + &frac12; &Sigma; q<sub>i</sub> log&#8322;(q<sub>i</sub> / m<sub>i</sub>))</pre>
 *
 * A metric between 0 for equal shares and 1 for shares that have no bin in common. With natural logarithms, which other tools
 * use, it is smaller by the factor &radic;ln 2 = 0.833. Empty bins need no correction.
 *
 * @see <a href="https://doi.org/10.1109/TIT.2003.813506">Endres and Schindelin 2003</a>
 */
public final class JensenShannon {

    private static final double LN_2 = StrictMath.log(2);

    private JensenShannon() {}

    /**
     * The distance, in [0, 1].
     *
     * @throws IllegalArgumentException if the bins differ in number, or one of them counted nothing
     */
    public static double distance(Counts reference, Counts current) {
        var shares = Shares.of(reference, current);
        var divergence = 0.0;
        for (int i = 0; i < shares.size(); i++) {
            var p = shares.reference(i);
            var q = shares.current(i);
            divergence += (term(p, p + q) + term(q, p + q)) / 2;
        }
        return Math.sqrt(Math.min(1, Math.max(0, divergence)));
    }

    private static double term(double share, double both) {
        return share == 0 ? 0 : share * StrictMath.log(2 * share / both) / LN_2;
    }
}
