package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import java.util.List;
import java.util.Optional;

/** Every updated gateway runs the baseline again. Final. */
public record RolledBack(RolloutPlan plan, Step step) implements RolloutState {

    @Override
    public RolloutState look(Situation situation) {
        return this;
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.ROLLED_BACK;
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
