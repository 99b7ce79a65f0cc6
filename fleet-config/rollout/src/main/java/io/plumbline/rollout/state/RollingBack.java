package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.HashSet;
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

    /** Over once every updated gateway that is in the fleet and heard says that it runs the baseline; a silent one is told when it is back. */
    @Override
    public RolloutState look(Situation situation) {
        var wanted = new HashSet<>(updated);
        var limits = situation.policy().devices();
        var silent = 0;
        for (var gateway : situation.evidence().gateways()) {
            if (!wanted.contains(gateway.gateway()) || isBack(gateway)) {
                continue;
            }
            if (DeviceTally.stateOf(gateway, step.at(), limits, situation.now()) != DeviceState.SILENT) {
                return this;
            }
            silent++;
        }
        return toRolledBack(silent, situation.now());
    }

    private static boolean isBack(GatewayStanding gateway) {
        return gateway.standing() == Standing.RUNS_BASELINE || gateway.standing() == Standing.FELL_BACK;
    }

    /** It keeps the reason: who looks at a rollout that is over asks why it went back. */
    RolledBack toRolledBack(int silent, Instant now) {
        var because = silent == 0
                ? "; every updated gateway runs the baseline again"
                : "; every updated gateway that is heard runs the baseline again, " + silent
                        + " silent ones will when they are back";
        return new RolledBack(plan, step.then(step.because() + because, step.evidence(), now));
    }

    /** Nobody stays with a candidate that failed. */
    @Override
    public Aborted abortAndKeep(String because, Instant now) {
        return abort(because, now);
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.ROLLING_BACK;
    }

    @Override
    public String phase() {
        return "ROLLING_BACK";
    }

    @Override
    public List<GatewayId> withCandidate() {
        return List.of();
    }
}
