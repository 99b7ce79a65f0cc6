package io.plumbline.drift.detector;

/**
 * ADWIN: a window over the newest values that shrinks as soon as two parts of it have different means. Its n values are cut
 * in every way the {@link ExponentialHistogram} allows into n&#8320; older and n&#8321; newer ones, and the older are forgotten when
 *
 * <pre>|&mu;&#8320; - &mu;&#8321;| &gt; &radic;(2 m &sigma;&sup2; L) + &#8532; m L, L = ln(2 ln n / &delta;), m = 1/(n&#8320; - 4) + 1/(n&#8321; - 4)</pre>
 *
 * with the variance &sigma;&sup2; of the window. For values in [0, 1]; scale others by their range, because the second term assumes it.
 * Memory and time grow with the logarithm of the window.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611972771.42">Bifet and Gavald&agrave; 2007</a>
 */
public final class Adwin implements ChangeDetector {

    private static final int CHECK_EVERY = 32;
    private static final int LEAST_WINDOW = 10;
    private static final int LEAST_PART = 5;

    private final double delta;
    private final ExponentialHistogram window = new ExponentialHistogram();
    private long seen;

    /** @param delta probability of a false alarm at one value, in (0, 1), such as 0.002 */
    public Adwin(double delta) {
        this.delta = delta;
    }

    /** Values in the window, which is what the stream is held to be since its last change. */
    public long width() {
        return window.count();
    }

    /** Mean of the window; 0 while it is empty. */
    public double mean() {
        return window.count() == 0 ? 0 : window.sum() / window.count();
    }

    @Override
    public boolean add(double value) {
        window.add(Finite.share(value));
        if (++seen % CHECK_EVERY != 0) {
            return false;
        }
        var changed = false;
        while (window.count() > LEAST_WINDOW && hasCut()) {
            window.dropOldest();
            changed = true;
        }
        return changed;
    }

    private boolean hasCut() {
        var n = window.count();
        var logarithm = StrictMath.log(2 * StrictMath.log(n) / delta);
        var variance = window.variance();
        return window.anySplit((count, sum) -> {
            var newer = n - count;
            if (count < LEAST_PART || newer < LEAST_PART) {
                return false;
            }
            var m = 1.0 / (count - LEAST_PART + 1) + 1.0 / (newer - LEAST_PART + 1);
            var bound = Math.sqrt(2 * m * variance * logarithm) + 2.0 / 3 * m * logarithm;
            return Math.abs(sum / count - (window.sum() - sum) / newer) > bound;
        });
    }
}
