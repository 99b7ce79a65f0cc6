package io.plumbline.fleet.core.spec;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * What a candidate must prove before more gateways get it.
 *
 * @param canary the gateway that is told first
 * @param minCompared inputs per site that INT8 and FP32 must both have run on, at least 1
 * @param maxClippedShare largest share of windows, in [0, 1], that may leave a quantized range
 * @param minAgreement smallest share of equal answers of INT8 and FP32, in [0, 1]
 * @param minClassAgreement the same among the inputs that FP32 gave one label, in [0, 1]
 * @param deadline wall-clock time a stage has to prove itself, positive
 */
public record RolloutPolicy(
        GatewayId canary,
        long minCompared,
        double maxClippedShare,
        double minAgreement,
        double minClassAgreement,
        Duration deadline) {

    public RolloutPolicy {
        Require.that(minCompared >= 1, "minCompared " + minCompared + " must be at least 1");
        Require.ratio("maxClippedShare", maxClippedShare);
        Require.ratio("minAgreement", minAgreement);
        Require.ratio("minClassAgreement", minClassAgreement);
        Require.that(deadline.toMillis() > 0, "deadline " + deadline + " must be positive");
    }
}
