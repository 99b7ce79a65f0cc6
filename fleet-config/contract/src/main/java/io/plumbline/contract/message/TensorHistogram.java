package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;

/**
 * Values of one activation, in equal bins over [-bound, bound]: what a site sends instead of its readings. Histograms
 * with the same number of bins merge exactly because bounds are powers of two: the narrower one is folded into the
 * wider.
 *
 * @param tensor name of the activation in the FP32 graph
 * @param min smallest value seen
 * @param max largest value seen
 * @param bound a power of two, at least |min| and |max|
 * @param bins a multiple of 4 of counts, so that pairs fold evenly on both sides of zero
 */
public record TensorHistogram(String tensor, double min, double max, double bound, Counts bins) {

    /** Half a megabyte of counts per activation is more detail than any range needs. */
    public static final int MAX_BINS = 1 << 16;

    public TensorHistogram {
        Require.notEmpty("tensor", tensor);
        Require.that(
                bound > 0 && Double.isFinite(bound) && Math.scalb(1.0, Math.getExponent(bound)) == bound,
                "bound " + bound + " of " + tensor + " must be a power of two");
        Require.that(
                min <= max && -bound <= min && max <= bound,
                "min " + min + " and max " + max + " of " + tensor + " must be ordered and within " + bound);
        requireBins(bins.size());
    }

    /** @throws IllegalArgumentException if a histogram cannot have this many bins, or should not for its size */
    public static void requireBins(int bins) {
        Require.that(
                bins > 0 && bins <= MAX_BINS && bins % 4 == 0,
                "bins " + bins + " must be a multiple of 4 from 4 to " + MAX_BINS);
    }
}
