package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Decision;
import io.plumbline.rollout.judgement.Judge;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Waits for a person. The updated gateways keep the candidate, and a FAIL still rolls them back; a PASS does not go on by
 * itself.
 *
 * @param held the state that resuming goes back to
 * @param byPerson whether a person holds it; otherwise its own evidence left it in doubt
 */
public record Paused(RolloutPlan plan, Step step, Running held, boolean byPerson) implements Active {

    @Override
    public RolloutState look(Situation situation) {
        var judgement = Judge.judge(held.reached().question(Instant.MAX), situation);
        return judgement.decision() == Decision.FAIL ? toRollingBack(judgement, situation.now()) : this;
    }

    @Override
    public Optional<Running> resume(String because, Situation situation) {
        return Optional.of(held.again(step, because, situation));
    }

    @Override
    public Optional<Progress> progress() {
        return held.progress();
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.PAUSED;
    }

    @Override
    public String phase() {
        return "PAUSED";
    }

    @Override
    public List<GatewayId> updated() {
        return held.updated();
    }

    @Override
    public List<GatewayId> withCandidate() {
        return updated();
    }
}
