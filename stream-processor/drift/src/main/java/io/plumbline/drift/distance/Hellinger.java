package io.plumbline.drift.distance;

import io.plumbline.contract.wire.Counts;

/**
 * The Hellinger distance &radic;(1 - &Sigma; &radic;(p<sub>i</sub> q<sub>i</sub>)): a metric between 0 for equal shares and 1
 * for shares that have no bin in common.
 *
 * @see <a href="https://doi.org/10.1515/crll.1909.136.210">Hellinger 1909</a>
 */
public final class Hellinger {

    private Hellinger() {}

    /**
     * The distance, in [0, 1].
     *
     * @throws IllegalArgumentException if the bins differ in number, or one of them counted nothing
     */
    public static double distance(Counts reference, Counts current) {
        var shares = Shares.of(reference, current);
        var squares = 0.0; // of differences of roots: exact for equal shares, where 1 minus a sum is not
        for (int i = 0; i < shares.size(); i++) {
            var difference = Math.sqrt(shares.reference(i)) - Math.sqrt(shares.current(i));
            squares += difference * difference;
        }
        return Math.sqrt(Math.min(1, squares / 2));
    }
}
