package io.plumbline.rollout.log;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.rollout.policy.RolloutPlan;

/** What made a rollout decide: the evidence, or somebody. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cause.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Cause.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Cause.Looked.class, name = "looked"),
    @JsonSubTypes.Type(value = Cause.Asked.class, name = "asked")
})
public sealed interface Cause {

    /** A rollout was asked for. */
    record Accepted(RolloutPlan plan, String because) implements Cause {}

    /** A rollout was asked for and cannot be. */
    record Refused(RolloutPlan plan, String because) implements Cause {}

    /** The evidence was looked at. */
    record Looked() implements Cause {}

    /** Somebody, or the fleet file, wants something of a rollout that is under way. */
    record Asked(Wish wish, String because) implements Cause {}

    /** What can be asked for. */
    enum Wish {
        PAUSE,
        RESUME,
        APPROVE,
        /** End it, everybody back to the baseline. */
        ABORT,
        /** End it, who has the candidate keeps it. */
        ABORT_KEEP
    }
}
