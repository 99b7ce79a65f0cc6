package io.plumbline.fleet.core.control;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.rollout.evidence.RolloutEvidence;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.Map;

/** What has been heard from the fleet. */
public interface EvidenceSource {

    /** All that is known about a rollout. */
    RolloutEvidence of(RolloutPlan plan, ControlState state, Instant now);

    /** The latest generation that each gateway said it has, in force or accepted. */
    Map<GatewayId, Long> generations();
}
