package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;

/**
 * Of the readings with this true label, what INT8 said; additive.
 *
 * @param label the truth
 * @param labelled readings whose truth is this label
 * @param correct how many of them INT8 gave this label
 * @param predicted labelled readings, of any truth, that INT8 gave this label
 */
public record LabelScore(String label, long labelled, long correct, long predicted) {

    public LabelScore {
        Require.notEmpty("label", label);
        Require.notNegative("correct", correct);
        Require.that(correct <= labelled, "correct " + correct + " must not exceed labelled " + labelled);
        Require.that(correct <= predicted, "correct " + correct + " must not exceed predicted " + predicted);
    }

    /** All counts added; the labels are the same by the caller's promise. */
    public LabelScore plus(LabelScore other) {
        return new LabelScore(label, labelled + other.labelled, correct + other.correct, predicted + other.predicted);
    }
}
