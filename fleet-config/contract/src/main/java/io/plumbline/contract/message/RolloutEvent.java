package io.plumbline.contract.message;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import java.time.Instant;
import java.util.List;

/**
 * A rollout changed its stage. Key = model.
 *
 * @param revision rises by one with every event of a rollout
 * @param baseline the build it started from
 * @param candidate the build it brings
 * @param updated gateways told to run the candidate
 * @param because one sentence in plain words
 * @param evidence what the transition rests on
 * @param at wall-clock time of the control plane
 */
public record RolloutEvent(
        String rollout,
        long revision,
        ModelName model,
        Digest baseline,
        Digest candidate,
        RolloutStage stage,
        List<GatewayId> updated,
        String because,
        List<Evidence> evidence,
        Instant at) {

    public RolloutEvent {
        updated = List.copyOf(updated);
        evidence = List.copyOf(evidence);
    }
}
