package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;

/**
 * How sure the model was where it gave one label: additive. The sums are those that confidence-based performance estimation
 * needs, of the scores as the model gave them: were they true probabilities c, the answers would be right with an expected
 * share of &Sigma;c / n and a standard error of &radic;&Sigma;c(1 - c) / n. The bins let a calibration be applied afterwards.
 *
 * @param label as the model card names it
 * @param bins {@value #BINS} of equal width over [0, 1]
 * @param sum of the scores
 * @param sumOfVariances of score (1 - score)
 */
public record ConfidenceSketch(String label, Counts bins, double sum, double sumOfVariances) {

    public static final int BINS = 20;

    public ConfidenceSketch {
        Require.notEmpty("label", label);
        Require.that(bins.size() == BINS, "confidence must have " + BINS + " bins, not " + bins.size());
        Require.that(sum >= 0, "sum " + sum + " must not be negative");
        Require.that(sumOfVariances >= 0, "sumOfVariances " + sumOfVariances + " must not be negative");
    }

    /**
     * The bin of a score; 1 falls into the last.
     *
     * @param score in [0, 1]
     */
    public static int binOf(double score) {
        return Math.min(BINS - 1, (int) (score * BINS));
    }

    /** Both added; the labels are the same by the caller's promise. */
    public ConfidenceSketch plus(ConfidenceSketch other) {
        return new ConfidenceSketch(
                label, bins.plus(other.bins), sum + other.sum, sumOfVariances + other.sumOfVariances);
    }

    static void write(FieldWriter out, ConfidenceSketch value) {
        out.text(1, value.label);
        out.counts(2, value.bins);
        out.real(3, value.sum);
        out.real(4, value.sumOfVariances);
    }

    static ConfidenceSketch read(FieldReader in) {
        var label = "";
        var bins = Counts.zeros(BINS);
        var sum = 0.0;
        var sumOfVariances = 0.0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label = in.text();
                case 2 -> bins = in.counts();
                case 3 -> sum = in.real();
                case 4 -> sumOfVariances = in.real();
                default -> in.skip();
            }
        }
        return new ConfidenceSketch(label, bins, sum, sumOfVariances);
    }
}
