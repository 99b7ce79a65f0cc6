package io.plumbline.drift.detector;

/**
 * DDM: with the error rate p<sub>i</sub> so far and s<sub>i</sub> = &radic;(p<sub>i</sub>(1 - p<sub>i</sub>) / i), a change when
 * p<sub>i</sub> + s<sub>i</sub> &gt; p<sub>min</sub> + 3 s<sub>min</sub>, where the least p + s was seen. Kept for comparison:
 * at its defaults it raises a false alarm in more than half of 20,000 values that do not change. Takes errors, 0 or 1.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-28645-5_29">Gama et al. 2004</a>
 */
public final class DriftDetectionMethod implements ChangeDetector {

    private static final int WARM_UP = 30;
    private static final double DEVIATIONS = 3;

    private long n;
    private double rate;
    private double least = Double.POSITIVE_INFINITY;
    private double leastRate;
    private double leastDeviation;

    @Override
    public boolean add(double value) {
        n++;
        rate += (Finite.share(value) - rate) / n;
        var deviation = Math.sqrt(rate * (1 - rate) / n);
        if (n < WARM_UP) {
            return false;
        }
        if (rate + deviation <= least) {
            least = rate + deviation;
            leastRate = rate;
            leastDeviation = deviation;
        }
        if (rate + deviation <= leastRate + DEVIATIONS * leastDeviation) {
            return false;
        }
        n = 0;
        rate = 0;
        least = Double.POSITIVE_INFINITY;
        return true;
    }
}
