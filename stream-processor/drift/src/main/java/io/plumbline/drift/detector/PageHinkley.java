package io.plumbline.drift.detector;

/**
 * Page's test for a rise of the mean, with Hinkley's running estimate of it: with the mean x&#772;<sub>t</sub> of all values so far,
 *
 * <pre>S<sub>t</sub> = max(0, S<sub>t-1</sub> + x<sub>t</sub> - x&#772;<sub>t</sub> - &delta;), change when S<sub>t</sub> &gt; &lambda;</pre>
 *
 * One-sided: feed errors or uncertainty, or the negative of what falls. How often chance reaches &lambda; depends on the spread of
 * the stream, which is why a fixed one is a guess: {@link RunLength} finds the one for a wanted distance between false alarms.
 *
 * @see <a href="https://doi.org/10.1093/biomet/41.1-2.100">Page 1954</a>, <a
 *     href="https://doi.org/10.1093/biomet/58.3.509">Hinkley 1971</a>
 */
public final class PageHinkley implements ChangeDetector {

    private static final int WARM_UP = 30;

    private final double delta;
    private final double lambda;
    private long n;
    private double mean;
    private double sum;

    /**
     * @param delta rise that is not worth an alarm, in the unit of the values, not negative
     * @param lambda height of the sum at which the mean has changed, positive
     */
    public PageHinkley(double delta, double lambda) {
        this.delta = delta;
        this.lambda = lambda;
    }

    @Override
    public boolean add(double value) {
        n++;
        mean += (Finite.require(value) - mean) / n;
        sum = Math.max(0, sum + value - mean - delta);
        if (n < WARM_UP || sum <= lambda) {
            return false;
        }
        n = 0;
        mean = 0;
        sum = 0;
        return true;
    }
}
