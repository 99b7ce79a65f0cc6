package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.util.List;
import java.util.Optional;

/**
 * A newer rollout took over, or a person ended it. Final.
 *
 * @param updated gateways that stay with the candidate until the model's next rollout begins; the others go back to the baseline
 */
public record Aborted(RolloutPlan plan, Step step, List<GatewayId> updated) implements RolloutState {

    public Aborted {
        updated = List.copyOf(updated);
    }

    @Override
    public RolloutState look(Situation situation) {
        return this;
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.ABORTED;
    }

    @Override
    public String phase() {
        return "ABORTED";
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
