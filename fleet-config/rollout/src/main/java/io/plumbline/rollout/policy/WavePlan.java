package io.plumbline.rollout.policy;

import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.List;

/**
 * How a rollout spreads.
 *
 * @param percents share of the fleet, in percent, that is told by each wave, the waves before included; rising, the last is 100
 * @param approveBefore those of the percents that a person must approve
 * @param soak least time that a wave runs before it is judged
 * @param baselineShare share of the gateways, in [0, 0.5], that keep the baseline until the rollout is through, to compare with; of few
 *     gateways none
 */
public record WavePlan(List<Double> percents, List<Double> approveBefore, Duration soak, double baselineShare) {

    private static final double MOST_BASELINE = 0.5;
    private static final double ALL = 100;

    public static final WavePlan USUAL =
            new WavePlan(List.of(1.0, 5.0, 25.0, 50.0, ALL), List.of(), Duration.ZERO, 0.05);

    public WavePlan {
        percents = List.copyOf(percents);
        approveBefore = List.copyOf(approveBefore);
        Require.that(!percents.isEmpty(), "waves need at least one percentage");
        var last = 0.0;
        for (var percent : percents) {
            Require.that(
                    percent > last && percent <= ALL,
                    "waves " + percents + " must rise, above 0 and up to 100 percent");
            last = percent;
        }
        Require.that(last == ALL, "waves " + percents + " must end with 100");
        Require.that(
                percents.containsAll(approveBefore),
                "approveBefore " + approveBefore + " must be among the waves " + percents);
        Require.that(!soak.isNegative(), "soak " + soak + " must not be negative");
        Require.that(
                baselineShare >= 0 && baselineShare <= MOST_BASELINE,
                "baselineShare " + baselineShare + " must be between 0 and " + MOST_BASELINE);
    }
}
