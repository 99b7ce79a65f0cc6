package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Decision;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The next wave waits for a person. The told gateways keep the candidate, and a FAIL still rolls them back.
 *
 * @param held where an approval leads back to; empty before the first wave
 */
public record PendingApproval(RolloutPlan plan, Step step, Optional<Evaluating> held) implements Active {

    @Override
    public RolloutState look(Situation situation) {
        return held.<RolloutState>flatMap(wave -> Optional.of(wave.judge(situation))
                        .filter(judgement -> judgement.decision() == Decision.FAIL)
                        .map(judgement -> toRollingBack(judgement, situation.now())))
                .orElse(this);
    }

    /** The wave before is judged once more: what was proven may have changed while nobody looked. */
    @Override
    public Optional<Active> approve(String because, Situation situation) {
        return Optional.of(held.<Active>map(wave -> toHeld(wave, because, situation))
                .orElseGet(() -> toReady(because, situation.now())));
    }

    Evaluating toHeld(Evaluating wave, String because, Situation situation) {
        return new Evaluating(
                plan,
                step.then(because, List.of(), situation.now()),
                wave.reached().approving(),
                situation.deadline());
    }

    Ready toReady(String because, Instant now) {
        return new Ready(plan, step.then(because, List.of(), now), true);
    }

    @Override
    public Optional<Progress> progress() {
        return held.map(Evaluating::reached);
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.PAUSED;
    }

    @Override
    public String phase() {
        return "PENDING_APPROVAL";
    }

    @Override
    public List<GatewayId> updated() {
        return held.map(Evaluating::updated).orElse(List.of());
    }

    @Override
    public List<GatewayId> withCandidate() {
        return updated();
    }
}
