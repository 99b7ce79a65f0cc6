package io.plumbline.judging.policy;

import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * What damps the loop; all durations are event time.
 *
 * @param cooldown between two requests for the same build, not negative
 * @param dailyBudget most requests for a model in any 24 hours, at least 1
 * @param freshness how long a site that was found stale counts as stale without being found so again
 */
public record RecalibrationPolicy(Duration cooldown, int dailyBudget, Duration freshness) {

    public RecalibrationPolicy {
        Require.that(!cooldown.isNegative(), "cooldown " + cooldown + " must not be negative");
        Require.that(dailyBudget >= 1, "dailyBudget " + dailyBudget + " must be at least 1");
    }
}
