package io.plumbline.rollout.policy;

import io.plumbline.contract.wire.Require;
import java.util.Optional;

/**
 * How well a candidate must answer.
 *
 * @param minCompared inputs per site that INT8 and FP32 must both have run on, at least 1
 * @param maxClippedShare largest share of windows, in [0, 1], that may leave a quantized range
 * @param minAgreement smallest share of equal answers of INT8 and FP32, in [0, 1]
 * @param minClassAgreement the same among the inputs that FP32 gave one label, in [0, 1]
 * @param maxLoss agreement that may be lost against the baseline, in (0, 1]
 * @param alpha probability, in (0, 0.5], of ever stopping a build that loses nothing, or passing one that loses more
 * @param maxLatencyRatio largest 95th percentile of the latency as a multiple of the baseline's; empty for any
 */
public record QualityGate(
        long minCompared,
        double maxClippedShare,
        double minAgreement,
        double minClassAgreement,
        double maxLoss,
        double alpha,
        Optional<Double> maxLatencyRatio) {

    public static final QualityGate USUAL = new QualityGate(200, 0.1, 0.98, 0.75, 0.01, 0.05, Optional.empty());
    private static final double MOST_ALPHA = 0.5;

    public QualityGate {
        Require.that(minCompared >= 1, "minCompared " + minCompared + " must be at least 1");
        Require.ratio("maxClippedShare", maxClippedShare);
        Require.ratio("minAgreement", minAgreement);
        Require.ratio("minClassAgreement", minClassAgreement);
        Require.that(maxLoss > 0 && maxLoss <= 1, "maxLoss " + maxLoss + " must be more than 0 and at most 1");
        Require.that(
                alpha > 0 && alpha <= MOST_ALPHA, "alpha " + alpha + " must be more than 0 and at most " + MOST_ALPHA);
        Require.that(
                maxLatencyRatio.orElse(1.0) >= 1,
                "maxLatencyRatio " + maxLatencyRatio.orElse(1.0) + " must be at least 1");
    }
}
