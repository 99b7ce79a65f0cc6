package io.plumbline.drift.confidence;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Require;
import java.util.Optional;

/**
 * Answers of a build whose truth is known, by the {@link ConfidenceSketch#binOf bin} of their score.
 *
 * @param right those of the answers that were right
 * @param dispersion how many of the answers tell as much as one independent answer, at least 1; empty where that is not known
 * @see LabelledHistory
 */
public record LabelledScores(Counts answers, Counts right, Optional<Double> dispersion) {

    public LabelledScores {
        Require.that(
                answers.size() == ConfidenceSketch.BINS && right.size() == ConfidenceSketch.BINS,
                "labelled scores must have " + ConfidenceSketch.BINS + " bins");
        dispersion.ifPresent(d -> Require.that(d >= 1, "dispersion " + d + " must be at least 1"));
    }

    /** Share of right answers; 0 without answers. */
    public double share() {
        return answers.total() == 0 ? 0 : (double) right.total() / answers.total();
    }
}
