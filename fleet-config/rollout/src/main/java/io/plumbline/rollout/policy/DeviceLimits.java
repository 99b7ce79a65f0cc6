package io.plumbline.rollout.policy;

import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * What the told gateways must do.
 *
 * @param minCoverage least share of them, in (0, 1], that must have run the candidate or failed; the silent ones are what is missing
 * @param minExecuted least number of them that must have, where so many are told at all; at least 1
 * @param silentAfter a gateway that says nothing for longer is silent
 * @param maxFailedShare largest share of them, in [0, 1], that may fail
 * @param maxFailed largest number of them that may fail; empty for no limit beside the share
 * @param maxMemoryRatio how many times as much memory as under the baseline all but one in twenty may need, at least 1; empty for any
 */
public record DeviceLimits(
        double minCoverage,
        int minExecuted,
        Duration silentAfter,
        double maxFailedShare,
        Optional<Integer> maxFailed,
        Optional<Double> maxMemoryRatio) {

    public static final DeviceLimits USUAL = new DeviceLimits(0.9, 1, Duration.ofSeconds(60), 0.05, Optional.empty());

    /** Without a limit to their memory. */
    public DeviceLimits(
            double minCoverage,
            int minExecuted,
            Duration silentAfter,
            double maxFailedShare,
            Optional<Integer> maxFailed) {
        this(minCoverage, minExecuted, silentAfter, maxFailedShare, maxFailed, Optional.empty());
    }

    public DeviceLimits {
        Require.ratio("minCoverage", minCoverage);
        Require.that(minCoverage > 0, "minCoverage must be more than 0: nothing heard is nothing known");
        Require.that(minExecuted >= 1, "minExecuted " + minExecuted + " must be at least 1");
        Require.that(silentAfter.toMillis() > 0, "silentAfter " + silentAfter + " must be positive");
        Require.ratio("maxFailedShare", maxFailedShare);
        Require.that(
                maxMemoryRatio.orElse(1.0) >= 1,
                "maxMemoryRatio " + maxMemoryRatio.orElse(1.0) + " must be at least 1");
        Require.that(maxFailed.orElse(0) >= 0, "maxFailed " + maxFailed.orElse(0) + " must not be negative");
    }
}
