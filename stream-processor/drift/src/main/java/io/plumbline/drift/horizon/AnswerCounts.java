package io.plumbline.drift.horizon;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;

/**
 * Answers of one label by the {@link ConfidenceSketch#binOf bin} of their score. The sums of a {@link ConfidenceSketch} are left out:
 * no verdict rests on them, and a sum of floating-point numbers depends on the order of adding.
 */
public record AnswerCounts(String label, Counts bins) {

    static AnswerCounts of(ConfidenceSketch sketch) {
        return new AnswerCounts(sketch.label(), sketch.bins());
    }

    AnswerCounts plus(AnswerCounts other) {
        return new AnswerCounts(label, bins.plus(other.bins));
    }
}
