package io.plumbline.judging.replay;

import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Rule;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.policy.JudgingPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A recorded verdict beside the same one judged again.
 *
 * @param policy that was in force; empty where the verdict does not say it
 * @param evaluation the vote that decided; empty where the log has no such window
 * @param again what is said now; empty without that window
 * @param since what came for its horizon after it
 */
public record Finding(
        VerdictEvent recorded,
        Optional<JudgingPolicy> policy,
        Optional<Evaluation> evaluation,
        Optional<Again> again,
        Result result,
        Since since) {

    /** Nothing could be judged again. */
    public static Finding without(VerdictEvent recorded, String missing) {
        var result = new Result(List.of(missing), Optional.empty());
        var since = new Since(0, 0, Optional.empty());
        return new Finding(recorded, Optional.empty(), Optional.empty(), Optional.empty(), result, since);
    }

    /**
     * @param labelledInLog labelled answers of the horizon in the log, those that came before the verdict too
     * @param deltas that came after the verdict for its windows
     * @param verdict what all of them together say, with the labels that the verdict counted; empty where no such delta came
     */
    public record Since(long labelledInLog, long deltas, Optional<Verdict> verdict) {}

    /** What is said now, and the rule that decides. */
    public record Again(VerdictEvent event, Rule rule) {}

    /** What the comparison says. */
    public enum Conclusion {
        /** Every number is the one that was recorded. */
        MATCH,
        /** At least one is not. */
        MISMATCH,
        /** The log does not have all any more: nothing is said. */
        INCOMPLETE
    }

    /**
     * @param missing what the log no longer has; then nothing was compared
     * @param difference the first one
     */
    public record Result(List<String> missing, Optional<Difference> difference) {

        public Result {
            missing = List.copyOf(missing);
        }

        public Conclusion conclusion() {
            if (!missing.isEmpty()) {
                return Conclusion.INCOMPLETE;
            }
            return difference.isPresent() ? Conclusion.MISMATCH : Conclusion.MATCH;
        }
    }
}
