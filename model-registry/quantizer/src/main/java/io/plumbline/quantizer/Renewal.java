package io.plumbline.quantizer;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.MovingAverage;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.Locale;

/**
 * How fresh ranges take the place of those in service.
 *
 * @param share how far from the old range to the fresh one, in (0, 1]; 1 forgets the old one
 * @param mostGrowth how wide a fresh range may be, in widths of the old one; at least 1, infinity allows any
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

    /**
     * One step of a moving average that starts at the old range, between ranges that hold zero.
     *
     * @throws UnsupportedGraphException if the fresh range is too wide for a change of the data
     */
    public ActivationRange of(String tensor, ActivationRange old, ActivationRange fresh)
            throws UnsupportedGraphException {
        var whole = fresh.union(new ActivationRange(0, 0));
        var growth = (whole.max() - whole.min()) / (old.max() - old.min());
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
        return MovingAverage.startingAt(old, share).then(whole).range();
    }
}
