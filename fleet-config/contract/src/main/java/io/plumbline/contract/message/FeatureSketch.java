package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/**
 * Values of one input feature, counted in the frozen bins of the reference profile: additive and mergeable.
 *
 * @param feature name from the model card
 * @param bins one count per interval of the reference profile's edges, with the two open ends: edges + 1 counts
 * @param notFinite values that were NaN or infinite
 * @param sum of the finite values
 * @param sumOfSquares of the finite values
 */
public record FeatureSketch(String feature, Counts bins, long notFinite, double sum, double sumOfSquares) {

    public FeatureSketch {
        Require.notEmpty("feature", feature);
        Require.notNegative("notFinite", notFinite);
    }

    /** Number of finite values. */
    public long count() {
        return bins.total();
    }

    /** @throws IllegalArgumentException if the bins differ in number */
    public FeatureSketch plus(FeatureSketch other) {
        return new FeatureSketch(
                feature,
                bins.plus(other.bins),
                notFinite + other.notFinite,
                sum + other.sum,
                sumOfSquares + other.sumOfSquares);
    }

    static void write(FieldWriter out, FeatureSketch value) {
        out.text(1, value.feature);
        out.counts(2, value.bins);
        out.count(3, value.notFinite);
        out.real(4, value.sum);
        out.real(5, value.sumOfSquares);
    }

    static FeatureSketch read(FieldReader in) {
        var feature = "";
        var bins = Counts.zeros(0);
        long notFinite = 0;
        var sum = 0.0;
        var sumOfSquares = 0.0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> feature = in.text();
                case 2 -> bins = in.counts();
                case 3 -> notFinite = in.count();
                case 4 -> sum = in.real();
                case 5 -> sumOfSquares = in.real();
                default -> in.skip();
            }
        }
        return new FeatureSketch(feature, bins, notFinite, sum, sumOfSquares);
    }
}
