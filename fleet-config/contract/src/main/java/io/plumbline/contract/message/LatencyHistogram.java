package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import java.util.Arrays;

/**
 * Latencies in fixed logarithmic bins, four per doubling from 1 microsecond to about 16 seconds: mergeable, and any
 * quantile is right to within 19 %. Immutable.
 *
 * @param bins {@value #BINS} counts
 */
public record LatencyHistogram(Counts bins) {

    public static final int BINS = 98;

    private static final double FIRST_NANOS = 1_000;
    private static final double BINS_PER_DOUBLING = 4;

    public static final LatencyHistogram EMPTY = new LatencyHistogram(Counts.zeros(BINS));

    public LatencyHistogram {
        if (bins.size() != BINS) {
            throw new IllegalArgumentException("a latency histogram has " + BINS + " bins, not " + bins.size());
        }
    }

    /** The bin of a latency in nanoseconds; the first and the last bin are open. */
    public static int binOf(long nanos) {
        if (nanos < FIRST_NANOS) {
            return 0;
        }
        var bin = 1 + (int) Math.floor(BINS_PER_DOUBLING * Math.log(nanos / FIRST_NANOS) / Math.log(2));
        return Math.min(bin, BINS - 1);
    }

    public long count() {
        return bins.total();
    }

    public LatencyHistogram plus(LatencyHistogram other) {
        return new LatencyHistogram(bins.plus(other.bins));
    }

    /**
     * The upper edge, in nanoseconds, of the bin that holds the quantile; 0 when there are no latencies.
     *
     * @param q in [0, 1]
     */
    public long quantileNanos(double q) {
        var counts = bins.toArray();
        var rank = (long) Math.ceil(q * Arrays.stream(counts).sum());
        long seen = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            seen += counts[bin];
            if (seen >= rank && seen > 0) {
                return Math.round(FIRST_NANOS * StrictMath.pow(2, bin / BINS_PER_DOUBLING));
            }
        }
        return 0;
    }
}
