package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.util.List;
import java.util.Optional;

/** Every updated gateway that is heard runs the baseline again. Final. */
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
    public String phase() {
        return "ROLLED_BACK";
    }

    @Override
    public List<GatewayId> updated() {
        return List.of();
    }

    @Override
    public List<GatewayId> withCandidate() {
        return List.of();
    }

    @Override
    public Optional<Active> active() {
        return Optional.empty();
    }
}
