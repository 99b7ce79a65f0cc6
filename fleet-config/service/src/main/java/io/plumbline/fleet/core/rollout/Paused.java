package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.Decision;
import io.plumbline.fleet.core.judgement.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Waits for a person. The updated gateways keep the candidate, and a FAIL still rolls them back; a PASS does not go on by
 * itself.
 *
 * @param held the stage that resuming goes back to
 */
public record Paused(RolloutPlan plan, Step step, Updating held) implements Active {

    @Override
    public RolloutState look(Situation situation) {
        var judgement = held.judge(situation);
        return judgement.decision() == Decision.FAIL ? toRollingBack(judgement, situation.now()) : this;
    }

    RollingBack toRollingBack(Judgement judgement, Instant now) {
        return new RollingBack(plan, step.then(judgement.because(), judgement.evidence(), now), updated());
    }

    @Override
    public Optional<Paused> pause(String because, Instant now) {
        return Optional.empty();
    }

    @Override
    public Optional<RolloutState> resume(String because, Situation situation) {
        return Optional.of(toHeld(because, situation));
    }

    Updating toHeld(String because, Situation situation) {
        return held.again(step, because, situation);
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.PAUSED;
    }

    @Override
    public List<GatewayId> updated() {
        return held.updated();
    }

    @Override
    public Digest buildFor(GatewayId gateway) {
        return held.buildFor(gateway);
    }
}
