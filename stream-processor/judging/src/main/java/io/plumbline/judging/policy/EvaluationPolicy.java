package io.plumbline.judging.policy;

import io.plumbline.contract.wire.Require;
import io.plumbline.drift.VerdictPolicy;
import java.time.Duration;

/**
 * How a cohort is evaluated; all durations are event time.
 *
 * @param horizon how far back a verdict looks, at least one minute
 * @param confidenceHorizon how far back what the model's confidence promises is looked at where nobody labels, at least one minute; the
 *     horizon counts where that is longer, and nothing before the retention does
 * @param retention how late a delta or a label may be and still correct the past; at least the horizon
 * @param clockSkew how far ahead of the wall clock, and of all that came before, a window may begin, or an answer or a label be; not
 *     negative
 * @param confirmations how many complete windows in a row must say the same before the verdict changes, at least 1
 */
public record EvaluationPolicy(
        Duration horizon,
        Duration confidenceHorizon,
        Duration retention,
        Duration clockSkew,
        int confirmations,
        VerdictPolicy verdicts) {

    /** Of a horizon: labels are counted by the minute. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    public EvaluationPolicy {
        Require.that(horizon.compareTo(SHORTEST) >= 0, "horizon " + horizon + " must be at least " + SHORTEST);
        Require.that(
                confidenceHorizon.compareTo(SHORTEST) >= 0,
                "confidence horizon " + confidenceHorizon + " must be at least " + SHORTEST);
        Require.that(
                retention.compareTo(horizon) >= 0,
                "retention " + retention + " must be at least the horizon " + horizon);
        Require.that(!clockSkew.isNegative(), "clock skew " + clockSkew + " must not be negative");
        Require.that(confirmations >= 1, "confirmations " + confirmations + " must be at least 1");
    }
}
