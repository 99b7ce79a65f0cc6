package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import java.time.Instant;
import java.util.List;

/** The life of a recalibration, from the request to a new build or a reasoned refusal. Key = model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecalibrationEvent.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = RecalibrationEvent.Progressed.class, name = "progressed"),
    @JsonSubTypes.Type(value = RecalibrationEvent.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = RecalibrationEvent.Accepted.class, name = "accepted")
})
public sealed interface RecalibrationEvent {

    /** Deterministic: the id of the verdict that asked for it, or one given by the person who did. */
    String id();

    ModelName model();

    /** The build whose calibration is stale. */
    Digest build();

    /** Whether it changes what is known of the recalibration: a request or an outcome, and not the way between. */
    default boolean decides() {
        return !(this instanceof Progressed);
    }

    /**
     * Asked for.
     *
     * @param version digest of the FP32 model
     * @param sites where the build is stale
     * @param at event time of the verdict
     */
    record Requested(
            String id, ModelName model, Digest version, Digest build, List<SiteId> sites, String because, Instant at)
            implements RecalibrationEvent {

        public Requested {
            sites = List.copyOf(sites);
        }
    }

    /**
     * It is under way: for people who watch. May be told twice or not at all; what it leads to is told for certain.
     *
     * @param step where it stands: REQUESTED, JOINED, OBSERVING, BUILDING or SCORING
     * @param what happened, in words
     * @param at wall clock of the registry
     */
    record Progressed(String id, ModelName model, Digest build, String step, String what, Instant at)
            implements RecalibrationEvent {}

    /** The gate, or a lack of evidence, ended it; the old build stays. */
    record Refused(String id, ModelName model, Digest build, String because, List<CandidateScore> scores, Instant at)
            implements RecalibrationEvent {

        public Refused {
            scores = List.copyOf(scores);
        }
    }

    /**
     * The gate let a candidate through; it is signed and in the registry.
     *
     * @param candidate digest of the new build's manifest
     * @param scores of the old build and of all candidates, summed over the gateways
     */
    record Accepted(
            String id,
            ModelName model,
            Digest build,
            Digest candidate,
            String because,
            List<CandidateScore> scores,
            Instant at)
            implements RecalibrationEvent {

        public Accepted {
            scores = List.copyOf(scores);
        }
    }
}
