package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import java.util.List;
import java.util.Optional;

/** A newer rollout took over, or a person ended it: every gateway goes back to the baseline. Final. */
public record Aborted(RolloutPlan plan, Step step) implements RolloutState {

    @Override
    public RolloutState look(Situation situation) {
        return this;
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.ABORTED;
    }

    @Override
    public List<GatewayId> updated() {
        return List.of();
    }

    @Override
    public Digest buildFor(GatewayId gateway) {
        return plan.baseline();
    }

    @Override
    public Optional<Active> active() {
        return Optional.empty();
    }
}
