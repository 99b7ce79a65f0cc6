package io.plumbline.rollout.evidence;

import io.plumbline.contract.message.ModelHealth;
import java.util.List;

/**
 * Everything known about a rollout at one moment.
 *
 * @param gateways every gateway of the fleet that runs the model, in the order of the fleet file
 * @param candidate newest health of the candidate, one per site
 * @param baseline newest health of the baseline, one per site
 */
public record RolloutEvidence(List<GatewayStanding> gateways, List<ModelHealth> candidate, List<ModelHealth> baseline) {

    public RolloutEvidence {
        gateways = List.copyOf(gateways);
        candidate = List.copyOf(candidate);
        baseline = List.copyOf(baseline);
    }
}
