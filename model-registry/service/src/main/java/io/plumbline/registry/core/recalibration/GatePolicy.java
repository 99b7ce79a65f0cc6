package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.wire.Require;

/**
 * When a candidate is better than the build it would replace.
 *
 * @param minWindows holdout windows needed at all
 * @param minPerClass inputs of an FP32 answer below which its agreement says nothing
 * @param minLabelled labelled windows below which labels say nothing
 * @param deltaRatio largest mean |p_int8 - p_fp32| of a candidate, as a share of the running build's
 * @param maxClipped largest share of holdout windows that may leave a range, summed over the tensors
 * @param agreementSlack how much less a class may agree than with the running build
 * @param latencyRatio largest median latency of a candidate, as a multiple of the running build's
 * @param promisedLoss how much less accuracy than the running build's labels may show, or FP32's confidence promise, in [0, 1]
 * @param memoryRatio largest model of a candidate, as a multiple of the running build's
 * @param confidence that no candidate passes which breaks a rule, whatever their number; in (0.5, 1)
 */
public record GatePolicy(
        long minWindows,
        long minPerClass,
        long minLabelled,
        double deltaRatio,
        double maxClipped,
        double agreementSlack,
        double latencyRatio,
        double promisedLoss,
        double memoryRatio,
        double confidence) {

    public static final GatePolicy DEFAULT = new GatePolicy(64, 20, 30, 0.5, 0.05, 0.005, 2, 0.01, 1.5, 0.95);

    public GatePolicy {
        Require.that(minWindows > 0, "minWindows " + minWindows + " must be positive");
        Require.ratio("deltaRatio", deltaRatio);
        Require.ratio("maxClipped", maxClipped);
        Require.ratio("agreementSlack", agreementSlack);
        Require.that(latencyRatio >= 1, "latencyRatio " + latencyRatio + " must be at least 1");
        Require.ratio("promisedLoss", promisedLoss);
        Require.that(memoryRatio >= 1, "memoryRatio " + memoryRatio + " must be at least 1");
        Require.that(confidence > 0.5 && confidence < 1, "confidence " + confidence + " must be between 0.5 and 1");
    }
}
