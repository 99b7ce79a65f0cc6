package io.plumbline.rollout.state;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.rollout.judgement.Situation;
import io.plumbline.rollout.policy.RolloutPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a rollout stands. A state that cannot be entered from here has no method that leads there. Immutable; its JSON
 * form is what is stored.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "stage")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ready.class, name = "READY"),
    @JsonSubTypes.Type(value = PendingApproval.class, name = "PENDING_APPROVAL"),
    @JsonSubTypes.Type(value = Offering.class, name = "OFFERING"),
    @JsonSubTypes.Type(value = Soaking.class, name = "SOAKING"),
    @JsonSubTypes.Type(value = Evaluating.class, name = "EVALUATING"),
    @JsonSubTypes.Type(value = Paused.class, name = "PAUSED"),
    @JsonSubTypes.Type(value = RollingBack.class, name = "ROLLING_BACK"),
    @JsonSubTypes.Type(value = RolledBack.class, name = "ROLLED_BACK"),
    @JsonSubTypes.Type(value = Completed.class, name = "COMPLETED"),
    @JsonSubTypes.Type(value = Aborted.class, name = "ABORTED")
})
public sealed interface RolloutState permits Active, RolledBack, Completed, Aborted {

    /** A rollout that has just been accepted. */
    static Ready accepted(RolloutPlan plan, String because, Instant now) {
        return new Ready(plan, Step.first(because, now), false);
    }

    /** A rollout that was asked for and cannot be: entered only so that it is known. */
    static Aborted refused(RolloutPlan plan, String because, Instant now) {
        return new Aborted(plan, Step.first(because, now), List.of());
    }

    RolloutPlan plan();

    Step step();

    /** The state in the words that every reader of every version knows. */
    RolloutStage stage();

    /** The state's own name. */
    String phase();

    /** The gateways that are told to run the candidate, or that are on their way back from it. */
    List<GatewayId> updated();

    /** The gateways that are to run the candidate; the others are to run the baseline. */
    List<GatewayId> withCandidate();

    /** The state that the evidence leads to; this very state if it leads nowhere. */
    RolloutState look(Situation situation);

    /** The rollout, if it is not over. */
    Optional<Active> active();

    /** How far it has come; empty before the first wave and once it is over. */
    default Optional<Progress> progress() {
        return Optional.empty();
    }

    /** What is announced about this state. The rollout's id and the revision identify it. */
    default RolloutEvent event() {
        return new RolloutEvent(
                plan().id(),
                step().revision(),
                plan().model(),
                plan().baseline(),
                plan().candidate(),
                stage(),
                updated(),
                step().because(),
                step().evidence(),
                step().at());
    }
}
