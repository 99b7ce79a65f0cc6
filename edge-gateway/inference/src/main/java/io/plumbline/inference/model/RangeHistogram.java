package io.plumbline.inference.model;

import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.Tensor;

/**
 * A histogram of one activation that grows with its values and stays the same size: equal bins over [-bound, bound), the
 * bound a power of two. When a value does not fit, the bound doubles and every pair of bins becomes one, which moves no
 * value across an edge; so any split of the values over histograms, in any order, merges to exactly what one pass gives.
 * Values that are no finite float32 are left out. Confined to one thread.
 */
public final class RangeHistogram {

    /** The bound that every histogram begins with. */
    public static final double NARROWEST = Math.scalb(1.0, -20);

    private final String tensor;
    private double bound = NARROWEST;
    private long[] bins;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** @param bins a positive multiple of 4, so that pairs fold evenly on both sides of zero */
    public RangeHistogram(String tensor, int bins) {
        if (bins <= 0 || bins % 4 != 0) {
            throw new IllegalArgumentException("bins " + bins + " must be a positive multiple of 4");
        }
        this.tensor = tensor;
        this.bins = new long[bins];
    }

    public void add(Tensor values) {
        for (int i = 0; i < values.size(); i++) {
            add(values.get(i));
        }
    }

    public void add(double value) {
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            return;
        }
        // Only a power of two divides this, so that rounding cannot depend on the bound.
        var scaled = value * bins.length;
        while (scaled < -bound * bins.length || scaled >= bound * bins.length) {
            grow();
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        bins[bins.length / 2 + (int) Math.floor(scaled / (2 * bound))]++;
    }

    /** @throws IllegalArgumentException if the tensor or the number of bins differs */
    public void add(TensorHistogram other) {
        if (!other.tensor().equals(tensor) || other.bins().size() != bins.length) {
            throw new IllegalArgumentException("a histogram of " + other.tensor() + " in "
                    + other.bins().size() + " bins cannot be added to one of " + tensor + " in " + bins.length);
        }
        while (bound < other.bound()) {
            grow();
        }
        var folded = other.bins().toArray();
        for (var b = other.bound(); b < bound; b *= 2) {
            folded = fold(folded);
        }
        for (int i = 0; i < bins.length; i++) {
            bins[i] += folded[i];
        }
        min = Math.min(min, other.min());
        max = Math.max(max, other.max());
    }

    public boolean isNotEmpty() {
        return min <= max;
    }

    /** @throws IllegalStateException if no value was added */
    public TensorHistogram snapshot() {
        if (!isNotEmpty()) {
            throw new IllegalStateException("no values of " + tensor);
        }
        return new TensorHistogram(tensor, min, max, bound, new Counts(bins));
    }

    private void grow() {
        bins = fold(bins);
        bound *= 2;
    }

    private static long[] fold(long[] narrow) {
        var wide = new long[narrow.length];
        var quarter = narrow.length / 4;
        for (int i = 0; i < narrow.length / 2; i++) {
            wide[quarter + i] = narrow[2 * i] + narrow[2 * i + 1];
        }
        return wide;
    }
}
