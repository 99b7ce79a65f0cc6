package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;

/**
 * Answers of a build whose truth is known, by the {@link ConfidenceSketch#binOf bin} of their score; additive.
 *
 * @param right those of the answers that were right
 */
public record LabelledScores(Counts answers, Counts right) {

    /** Nothing labelled. */
    public static final LabelledScores NONE =
            new LabelledScores(Counts.zeros(ConfidenceSketch.BINS), Counts.zeros(ConfidenceSketch.BINS));

    public LabelledScores {
        Require.that(
                answers.size() == ConfidenceSketch.BINS && right.size() == ConfidenceSketch.BINS,
                "labelled scores must have " + ConfidenceSketch.BINS + " bins");
    }

    /**
     * With one more answer.
     *
     * @param score in [0, 1]
     */
    public LabelledScores plus(double score, boolean wasRight) {
        var one = one(score);
        return new LabelledScores(answers.plus(one), wasRight ? right.plus(one) : right);
    }

    /** Share of right answers; 0 without answers. */
    public double share() {
        return answers.total() == 0 ? 0 : (double) right.total() / answers.total();
    }

    private static Counts one(double score) {
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.binOf(score)] = 1;
        return new Counts(bins);
    }
}
