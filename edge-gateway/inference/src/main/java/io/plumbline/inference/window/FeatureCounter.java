package io.plumbline.inference.window;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.wire.Counts;
import java.util.Arrays;

/** Counts the values of one feature in the frozen bins of its reference. Confined to one thread. */
public final class FeatureCounter {

    private final String feature;
    private final double[] edges;
    private final long[] bins;
    private long notFinite;
    private double sum;
    private double sumOfSquares;

    public FeatureCounter(ReferenceProfile.Feature reference) {
        this.feature = reference.name();
        this.edges = reference.edges().stream().mapToDouble(edge -> edge + 0.0).toArray();
        this.bins = new long[edges.length + 1];
    }

    public void add(double value) {
        if (!Double.isFinite(value)) {
            notFinite++;
            return;
        }
        bins[binOf(edges, value)]++;
        sum += value;
        sumOfSquares += value * value;
    }

    /** What was counted so far. */
    public FeatureSketch sketch() {
        return new FeatureSketch(feature, new Counts(bins), notFinite, sum, sumOfSquares);
    }

    /** @param edges without -0.0, which the search would take for less than 0.0 */
    static int binOf(double[] edges, double value) {
        var found = Arrays.binarySearch(edges, value + 0.0);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
