package io.plumbline.drift.detector;

/**
 * HDDM with averages: the stream is cut where the mean plus its Hoeffding bound was least, and a change is seen when the mean
 * since then is larger by more than
 *
 * <pre>&radic;(m / (2 n<sub>x</sub> n<sub>z</sub>) ln(1 / &alpha;)), n<sub>z</sub> = n<sub>x</sub> + m</pre>
 *
 * with n<sub>x</sub> values up to the cut and m after it. One-sided, for values in [0, 1]; chance alone sees a change at a given
 * cut with a probability of at most &alpha;.
 *
 * @see <a href="https://doi.org/10.1109/TKDE.2014.2345382">Fr&iacute;as-Blanco et al. 2015</a>
 */
public final class HoeffdingDetection implements ChangeDetector {

    private final double logInverse;
    private long n;
    private double sum;
    private long cutCount;
    private double cutSum;

    /** @param alpha in (0, 1), such as 0.001 */
    public HoeffdingDetection(double alpha) {
        this.logInverse = StrictMath.log(1 / alpha);
    }

    @Override
    public boolean add(double value) {
        n++;
        sum += Finite.share(value);
        if (cutCount == 0 || sum / n + bound(n) <= cutSum / cutCount + bound(cutCount)) {
            cutCount = n;
            cutSum = sum;
        }
        if (!rose()) {
            return false;
        }
        n = 0;
        sum = 0;
        cutCount = 0;
        cutSum = 0;
        return true;
    }

    private double bound(long count) {
        return Math.sqrt(logInverse / (2.0 * count));
    }

    private boolean rose() {
        var after = n - cutCount;
        if (after == 0) {
            return false;
        }
        var epsilon = Math.sqrt((double) after / (2.0 * cutCount * n) * logInverse);
        return sum / n - cutSum / cutCount >= epsilon;
    }
}
