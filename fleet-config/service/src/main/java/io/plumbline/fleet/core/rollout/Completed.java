package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import java.util.List;
import java.util.Optional;

/** Every gateway runs the candidate on its own evidence. Final. */
public record Completed(RolloutPlan plan, Step step, List<GatewayId> updated) implements RolloutState {

    public Completed {
        updated = List.copyOf(updated);
    }

    @Override
    public RolloutState look(Situation situation) {
        return this;
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.COMPLETED;
    }

    @Override
    public Digest buildFor(GatewayId gateway) {
        return plan.candidate();
    }

    @Override
    public Optional<Active> active() {
        return Optional.empty();
    }
}
