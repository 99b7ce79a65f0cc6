package io.plumbline.judging.cohort;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Judgement;
import io.plumbline.drift.Truth;
import io.plumbline.drift.horizon.HorizonWindows;
import java.time.Instant;
import java.util.List;

/**
 * What was said when a window of a cohort became complete, and all that it was said from but the policy and the reference.
 *
 * @param from start of the horizon, inclusive
 * @param to end of the complete window, exclusive
 * @param spans its windows, the oldest first
 * @param windows their statistics, in the same order
 * @param referenceKnown whether the build's labels and reference profile were known
 * @param before the verdict and its votes before this one was counted
 * @param after the same with it
 */
public record Evaluation(
        Cohort cohort,
        Instant from,
        Instant to,
        List<Span> spans,
        HorizonWindows windows,
        Truth truth,
        boolean referenceKnown,
        Judgement judgement,
        Hysteresis before,
        Hysteresis after) {

    public Evaluation {
        spans = List.copyOf(spans);
    }

    /**
     * A window of the horizon.
     *
     * @param deltas that were merged in it
     * @param readings accepted ones
     * @param compared inputs on which FP32 ran beside INT8
     */
    public record Span(Instant start, Instant end, int deltas, long readings, long compared) {}

    /** Whether the verdict that holds is another one now. */
    public boolean changes() {
        return before.confirmed() != after.confirmed();
    }

    /** The counts that the verdict rests on. */
    public VerdictEvent.Horizon horizon() {
        return horizon(truth);
    }

    /** The same with other labels. */
    public VerdictEvent.Horizon horizon(Truth labels) {
        var labelled = labels.labels().stream().mapToLong(LabelScore::labelled).sum();
        var sum = windows.sum();
        return new VerdictEvent.Horizon(from, to, sum.readings(), sum.fidelity().compared(), labelled);
    }
}
