package io.plumbline.quantizer.arithmetic;

import java.util.Arrays;

/** Ranges from a histogram of equal bins over [-bound, bound]. */
public final class HistogramRange {

    private HistogramRange() {}

    /**
     * Cuts the same share of values off both tails, to the edge of a bin, and never goes beyond the values seen.
     *
     * @param share of the values to keep, in (0, 1]
     * @param seen smallest and largest value
     */
    public static ActivationRange percentile(double share, double bound, long[] bins, ActivationRange seen) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share " + share + " must be in (0, 1]");
        }
        var total = Arrays.stream(bins).sum();
        var cut = (1 - share) / 2 * total;
        var width = 2 * bound / bins.length;
        var low = 0;
        for (double below = bins[0]; below <= cut && low < bins.length - 1; below += bins[low]) {
            low++;
        }
        var high = bins.length - 1;
        for (double above = bins[high]; above <= cut && high > low; above += bins[high]) {
            high--;
        }
        var min = Math.max(seen.min(), -bound + low * width);
        var max = Math.min(seen.max(), -bound + (high + 1) * width);
        return min <= max ? new ActivationRange(min, max) : seen;
    }
}
