package io.plumbline.quantizer.arithmetic;

/**
 * Calibrated values of an activation, in real units.
 *
 * @param min smallest, finite
 * @param max largest, finite
 */
public record ActivationRange(double min, double max) {

    public ActivationRange {
        if (!(Double.isFinite(min) && Double.isFinite(max) && min <= max)) {
            throw new IllegalArgumentException("range " + min + " to " + max + " must be finite and ordered");
        }
    }

    /** The smallest range that holds both. */
    public ActivationRange union(ActivationRange other) {
        return new ActivationRange(Math.min(min, other.min), Math.max(max, other.max));
    }

    /**
     * Wider by a share of its width at each end; the lower end only where it is negative, so that what a Relu keeps at
     * zero stays there.
     *
     * @param share of the width, not negative
     */
    public ActivationRange widened(double share) {
        var by = (max - min) * share;
        return new ActivationRange(min < 0 ? min - by : min, max > 0 ? max + by : max);
    }
}
