package io.plumbline.fleet.core.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.judgement.Standing;
import java.time.Instant;
import java.util.List;

/**
 * A FAIL: every updated gateway has been told to go back.
 *
 * @param updated the gateways on their way back
 */
public record RollingBack(RolloutPlan plan, Step step, List<GatewayId> updated) implements Active {

    public RollingBack {
        updated = List.copyOf(updated);
    }

    /** Over once every updated gateway that is still in the fleet says that it runs the baseline. */
    @Override
    public RolloutState look(Situation situation) {
        var waiting = situation.evidence().gateways().stream()
                .filter(gateway -> updated.contains(gateway.gateway()))
                .anyMatch(gateway -> gateway.standing() != Standing.RUNS_BASELINE);
        return waiting ? this : toRolledBack(situation.now());
    }

    /** It keeps the reason: who looks at a rollout that is over asks why it went back. */
    RolledBack toRolledBack(Instant now) {
        var because = step.because() + "; every updated gateway runs the baseline again";
        return new RolledBack(plan, step.then(because, step.evidence(), now));
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.ROLLING_BACK;
    }

    @Override
    public Digest buildFor(GatewayId gateway) {
        return plan.baseline();
    }
}
