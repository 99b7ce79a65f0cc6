package io.plumbline.judging.cohort;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.recalibration.StaleSignal;
import java.util.List;
import java.util.Optional;

/**
 * What follows from one delta.
 *
 * @param refused why the delta cannot be taken; nothing else follows then
 * @param counted false if it was refused, or counted before
 * @param evaluation what was said of the window that became complete; empty where none did
 * @param stale the cohort's calibration is stale, said once per complete window as long as it is
 * @param gone cohorts that nothing was heard of for the whole retention
 */
public record Outcome(
        Optional<String> refused,
        boolean counted,
        Optional<Evaluation> evaluation,
        Optional<VerdictEvent> verdict,
        Optional<StaleSignal> stale,
        List<Cohort> gone) {

    /** Nothing new. */
    static final Outcome NOTHING =
            new Outcome(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Outcome {
        gone = List.copyOf(gone);
    }

    static Outcome refused(String why) {
        return new Outcome(Optional.of(why), false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
