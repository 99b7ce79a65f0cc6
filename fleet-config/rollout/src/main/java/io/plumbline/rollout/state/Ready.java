package io.plumbline.rollout.state;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import io.plumbline.rollout.policy.Waves;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accepted; no gateway has been told yet.
 *
 * @param approved whether a person has approved the first wave
 * @param waits what it waits for, in words; empty if nothing kept it from telling them when it was last looked at
 */
public record Ready(RolloutPlan plan, Step step, boolean approved, Optional<String> waits) implements Active {

    private static final Optional<String> NOBODY = Optional.of("until a gateway is in the fleet");

    Ready(RolloutPlan plan, Step step, boolean approved) {
        this(plan, step, approved, Optional.empty());
    }

    /** Tells the first wave, as soon as there are gateways, the schedule is open and who must approve has. */
    @Override
    public RolloutState look(Situation situation) {
        var members = situation.members();
        if (members.isEmpty()) {
            return NOBODY.equals(waits) ? this : toWaiting(NOBODY.get(), situation.now());
        }
        var waves = Waves.of(plan.id(), members, situation.policy());
        if (waves.approvals().contains(0) && !approved) {
            return toPending(situation.now());
        }
        var wait = situation.policy().schedule().waits(situation.now());
        if (wait.isEmpty()) {
            return toOffering(waves, situation);
        }
        return wait.equals(waits) ? this : toWaiting(wait.get(), situation.now());
    }

    /** Once for each wait: whoever follows the rollout knows why nothing happens. */
    Ready toWaiting(String wait, Instant now) {
        return new Ready(plan, step.then("the first wave waits " + wait, List.of(), now), approved, Optional.of(wait));
    }

    PendingApproval toPending(Instant now) {
        return new PendingApproval(
                plan, step.then("a person must approve the first wave", List.of(), now), Optional.empty());
    }

    Offering toOffering(Waves waves, Situation situation) {
        var progress = Progress.first(waves, situation);
        var because = progress.told().size() == 1
                ? progress.told().get(0) + " is told to run the candidate first"
                : progress.words() + " are told to run the candidate";
        return new Offering(plan, step.then(because, List.of(), situation.now()), progress, situation.deadline());
    }

    @Override
    public RolloutStage stage() {
        return RolloutStage.READY;
    }

    @Override
    public String phase() {
        return "READY";
    }

    @Override
    public List<GatewayId> updated() {
        return List.of();
    }

    @Override
    public List<GatewayId> withCandidate() {
        return List.of();
    }
}
