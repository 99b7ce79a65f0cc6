package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.GatewayStanding;
import java.util.List;

/** Accepted; no gateway has been told yet. */
public record Ready(RolloutPlan plan, Step step) implements Active {

    /** Tells the policy's canary, or the first gateway of the model if the canary does not run it. */
    @Override
    public RolloutState look(Situation situation) {
        var gateways = situation.evidence().gateways();
        if (gateways.isEmpty()) {
            return this;
        }
        var first = gateways.stream()
                .filter(gateway -> gateway.gateway().equals(situation.policy().canary()))
                .findFirst()
                .orElse(gateways.get(0));
        return toCanary(first, situation);
    }

    Canary toCanary(GatewayStanding first, Situation situation) {
        var because = first.gateway() + " is told to run the candidate first";
        return new Canary(
                plan,
                step.then(because, List.of(), situation.now()),
                first.gateway(),
                situation.deadline(),
                situation.marks(List.of(first.site())));
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.READY;
    }

    @Override
    public List<GatewayId> updated() {
        return List.of();
    }

    @Override
    public Digest buildFor(GatewayId gateway) {
        return plan.baseline();
    }
}
