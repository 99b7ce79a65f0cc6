package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.util.List;
import java.util.Optional;

/** The last wave passed: the candidate is what the model runs, on gateways that kept the baseline or were silent too. Final. */
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
    public String phase() {
        return "COMPLETED";
    }

    @Override
    public List<GatewayId> withCandidate() {
        return updated;
    }

    @Override
    public Optional<Active> active() {
        return Optional.empty();
    }
}
