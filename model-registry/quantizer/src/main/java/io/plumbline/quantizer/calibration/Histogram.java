package io.plumbline.quantizer.calibration;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import java.util.Arrays;
import java.util.Optional;

/** Values of one activation in equal bins over [-bound, bound]. Immutable. */
public final class Histogram {

    private final double bound;
    private final long[] counts;
    private final ActivationRange seen;
    private final Optional<ActivationRange> average;

    private Histogram(double bound, long[] counts, ActivationRange seen, Optional<ActivationRange> average) {
        this.bound = bound;
        this.counts = counts;
        this.seen = seen;
        this.average = average;
    }

    /**
     * @param bound positive, at least the magnitude of what was seen
     * @param counts an even number of counts, none negative, not all zero
     * @param seen smallest and largest value
     * @throws IllegalArgumentException if one of these rules is broken
     */
    public static Histogram of(double bound, long[] counts, ActivationRange seen) {
        if (!(bound > 0 && -bound <= seen.min() && seen.max() <= bound)) {
            throw new IllegalArgumentException("bound " + bound + " must be positive and hold " + seen);
        }
        if (counts.length == 0
                || counts.length % 2 != 0
                || Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("counts must be an even number of counts, none negative");
        }
        if (Arrays.stream(counts).sum() == 0) {
            throw new IllegalArgumentException("nothing was counted");
        }
        return new Histogram(bound, counts.clone(), seen, Optional.empty());
    }

    /** The same with the {@link MovingAverage} of the samples' ranges, which counts alone do not tell. */
    public Histogram averaging(ActivationRange range) {
        return new Histogram(bound, counts, seen, Optional.of(range));
    }

    /** Where the samples were seen one after the other. */
    public Optional<ActivationRange> average() {
        return average;
    }

    public double bound() {
        return bound;
    }

    public ActivationRange seen() {
        return seen;
    }

    public int bins() {
        return counts.length;
    }

    public long count(int bin) {
        return counts[bin];
    }

    /** A copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** Of a bin, in real units. */
    public double width() {
        return 2 * bound / counts.length;
    }

    /** The lower edge of a bin, in real units; of the number of bins, the upper edge of the last. */
    public double edge(int bin) {
        return (bin - counts.length / 2) * width();
    }

    /** The first bin that holds values. */
    int first() {
        int bin = 0;
        while (counts[bin] == 0) {
            bin++;
        }
        return bin;
    }

    /** The last bin that holds values. */
    int last() {
        int bin = counts.length - 1;
        while (counts[bin] == 0) {
            bin--;
        }
        return bin;
    }
}
