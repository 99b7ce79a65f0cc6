package io.plumbline.quantizer.calibration;

import io.plumbline.quantizer.arithmetic.ActivationRange;

/**
 * An exponential moving average over the ranges of batches: it starts at the first batch's range, and each later one moves
 * it by {@code smoothing} of the difference. As an affine function of where it starts, a stretch of batches can be
 * averaged apart and appended to the stretch before it, to what one pass over both gives. Immutable.
 *
 * @param smoothing in (0, 1]
 * @param decay (1 - smoothing) to the power of the number of batches
 * @param first range of the first batch
 * @param low weighted sum of all lower ends, the first batch's included
 * @param high weighted sum of all upper ends
 */
public record MovingAverage(double smoothing, double decay, ActivationRange first, double low, double high) {

    /** Of calibration: half of what a sample says is forgotten after seven more. */
    public static final double SMOOTHING = 0.1;

    /** @throws IllegalArgumentException if the smoothing is not in (0, 1] */
    public static MovingAverage startingAt(ActivationRange first, double smoothing) {
        if (!(smoothing > 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("smoothing " + smoothing + " must be in (0, 1]");
        }
        return new MovingAverage(smoothing, 1 - smoothing, first, smoothing * first.min(), smoothing * first.max());
    }

    /** With one more batch. */
    public MovingAverage then(ActivationRange batch) {
        return then(startingAt(batch, smoothing));
    }

    /**
     * With the batches of a later stretch.
     *
     * @throws IllegalArgumentException if it was averaged with another smoothing
     */
    public MovingAverage then(MovingAverage later) {
        if (later.smoothing != smoothing) {
            throw new IllegalArgumentException("smoothing " + later.smoothing + " cannot follow " + smoothing);
        }
        return new MovingAverage(
                smoothing, decay * later.decay, first, low * later.decay + later.low, high * later.decay + later.high);
    }

    public ActivationRange range() {
        return new ActivationRange(low + decay * first.min(), high + decay * first.max());
    }
}
