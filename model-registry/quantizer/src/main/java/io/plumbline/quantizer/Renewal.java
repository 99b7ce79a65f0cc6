package io.plumbline.quantizer;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.MovingAverage;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.Locale;

/**
 * How fresh ranges take the place of those in service.
 *
 * @param share how far from the old range to the fresh one, in (0, 1]; 1 forgets the old one
 * @param mostGrowth how wide the fresh range nearest to the input may be, in widths of the old one; at least 1, infinity
 *     allows any
 */
public record Renewal(double share, double mostGrowth) {

    /** Fresh ranges alone, however wide. */
    public static final Renewal FORGETTING = new Renewal(1, Double.POSITIVE_INFINITY);

    public Renewal {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " must be in (0, 1]");
        }
        if (!(mostGrowth >= 1)) {
            throw new IllegalArgumentException("growth " + mostGrowth + " must be at least 1");
        }
    }

    /** One step of a moving average that starts at the old range, between ranges that hold zero. */
    public ActivationRange of(ActivationRange old, ActivationRange fresh) {
        return MovingAverage.startingAt(old, share).then(whole(fresh)).range();
    }

    /**
     * For the tensor nearest to the input. Those behind it follow from it, and may open many times wider where ordinary data
     * hardly reaches them.
     *
     * @throws UnsupportedGraphException if the fresh range is too wide for a change of the data
     */
    public void requirePlausible(String tensor, ActivationRange old, ActivationRange fresh)
            throws UnsupportedGraphException {
        var growth = width(whole(fresh)) / width(old);
        if (growth > mostGrowth) {
            throw new UnsupportedGraphException(String.format(
                    Locale.ROOT,
                    "tensor '%s' was seen from %.4g to %.4g, %.1f times as wide as its range; at most %.0f times is taken for a"
                            + " change of the data: check the samples, or allow more",
                    tensor,
                    fresh.min(),
                    fresh.max(),
                    growth,
                    mostGrowth));
        }
    }

    private static ActivationRange whole(ActivationRange range) {
        return range.union(new ActivationRange(0, 0));
    }

    private static double width(ActivationRange range) {
        return range.max() - range.min();
    }
}
