package io.plumbline.rollout.state;

import io.plumbline.contract.declared.RolloutOutlook;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A FAIL: every updated gateway has been told to go back.
 *
 * @param updated the gateways on their way back
 */
public record RollingBack(RolloutPlan plan, Step step, List<GatewayId> updated) implements Active {

    public RollingBack {
        updated = List.copyOf(updated);
    }

    /**
     * Over once every updated gateway that is in the fleet and heard says that it runs the baseline; a silent one is told when it is
     * back. Who does not go back in the time that a wave is given is named, and holds up no later rollout.
     */
    @Override
    public RolloutState look(Situation situation) {
        var wanted = new HashSet<>(updated);
        var limits = situation.policy().devices();
        var silent = 0;
        var elsewhere = new ArrayList<GatewayId>();
        for (var gateway : situation.evidence().gateways()) {
            if (!wanted.contains(gateway.gateway()) || isBack(gateway)) {
                continue;
            }
            if (DeviceTally.stateOf(gateway, step.at(), limits, situation.now()) == DeviceState.SILENT) {
                silent++;
            } else {
                elsewhere.add(gateway.gateway());
            }
        }
        var patience = situation.policy().schedule().deadline();
        if (!elsewhere.isEmpty() && situation.now().isBefore(step.at().plus(patience))) {
            return this;
        }
        return elsewhere.isEmpty()
                ? toRolledBack(silent, situation.now())
                : toRolledBack(silent, new Elsewhere(elsewhere, patience), situation.now());
    }

    /** The updated gateways that are heard and did not go back in time. */
    private record Elsewhere(List<GatewayId> gateways, Duration patience) {

        private static final int NAMED = 5;

        private String words() {
            var names = gateways.stream().limit(NAMED).map(GatewayId::value).collect(Collectors.joining(", "));
            var more = gateways.size() > NAMED ? " and " + (gateways.size() - NAMED) + " more" : "";
            return "after " + patience + " these are heard and do not run the baseline: " + names + more
                    + "; they go on being told to";
        }

        private Evidence fact(int updated) {
            var count = gateways.size();
            return new Evidence("not back", "gateways", count, count, count, 0, updated, true);
        }
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

    private RolledBack toRolledBack(int silent, Elsewhere elsewhere, Instant now) {
        var evidence = new ArrayList<>(step.evidence());
        evidence.add(elsewhere.fact(updated.size()));
        var because =
                "; " + elsewhere.words() + (silent == 0 ? "" : ", and " + silent + " silent ones when they are back");
        return new RolledBack(plan, step.then(step.because() + because, evidence, now));
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

    /** Nothing is compared any more. */
    @Override
    public Optional<RolloutOutlook> outlook(Situation situation) {
        return Optional.empty();
    }
}
