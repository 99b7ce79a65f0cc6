package io.plumbline.drift.chance;

import io.plumbline.contract.wire.Counts;

/**
 * How far counts have moved from reference counts over the same bins: the population stability index
 *
 * <pre>PSI = &Sigma;<sub>i</sub> (q<sub>i</sub> - p<sub>i</sub>) ln(q<sub>i</sub> / p<sub>i</sub>),
 * p<sub>i</sub> = (r<sub>i</sub> + 1/2) / (m + B/2), q<sub>i</sub> = (c<sub>i</sub> + 1/2) / (n + B/2)</pre>
 *
 * for reference counts r of sum m, counts c of sum n and B bins. The half in each bin keeps empty bins finite. When
 * nothing moved, PSI is distributed as (1/n + 1/m) &chi;&sup2; with B - 1 degrees of freedom, so a fixed threshold fires on
 * small samples and sleeps on large ones: {@link #noise} gives the part that chance explains. Values that follow each other tell less on
 * either side: with the design effects &phi;<sub>n</sub> and &phi;<sub>m</sub> the scale is &phi;<sub>n</sub>/n + &phi;<sub>m</sub>/m, which
 * takes one factor for all bins of a side, and the two sides as independent of each other.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1987.tb01448.x">Rao and Scott's first-order correction</a>
 */
public final class PopulationStability {

    private static final double HALF = 0.5;

    private PopulationStability() {}

    /**
     * The index; at least 0, and 0 for equal shares.
     *
     * @throws IllegalArgumentException if the bins differ in number
     */
    public static double index(Counts reference, Counts current) {
        if (reference.size() != current.size()) {
            throw new IllegalArgumentException(
                    "counts of " + current.size() + " bins cannot be held against " + reference.size());
        }
        var bins = reference.size();
        var m = reference.total() + HALF * bins;
        var n = current.total() + HALF * bins;
        var sum = 0.0;
        for (int i = 0; i < bins; i++) {
            var p = (reference.get(i) + HALF) / m;
            var q = (current.get(i) + HALF) / n;
            sum += (q - p) * StrictMath.log(q / p);
        }
        return sum;
    }

    /**
     * The index that chance alone exceeds with the given probability.
     *
     * @param ofReference how many of the reference values tell as much as one independent value, at least 1
     * @param ofCurrent the same of the current values
     * @param alpha in (0, 1)
     * @see Dispersion
     */
    public static double noise(Counts reference, Counts current, double ofReference, double ofCurrent, double alpha) {
        var scale = ofCurrent / current.total() + ofReference / reference.total();
        return reference.size() < 2 ? 0 : scale * ChiSquared.quantile(reference.size() - 1, 1 - alpha);
    }
}
