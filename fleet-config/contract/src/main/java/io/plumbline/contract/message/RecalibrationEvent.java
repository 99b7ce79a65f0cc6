package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
     * @param sent by the gateway whose answer it was; empty for whatever else happened, and from registries of before
     */
    record Progressed(
            String id,
            ModelName model,
            Digest build,
            String step,
            String what,
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Sent> sent)
            implements RecalibrationEvent {}

    /**
     * What a gateway let out of its site for a recalibration.
     *
     * @param count windows in the histograms, builds that were scored, or windows of readings; 0 for NOTHING
     */
    record Sent(GatewayId gateway, SiteId site, SentKind kind, long count) {

        public Sent {
            Require.notNegative("count", count);
        }
    }

    /** In what form: readings themselves are SAMPLES alone, which a person asks for and the fleet file allows. */
    enum SentKind {
        HISTOGRAMS,
        SCORES,
        SAMPLES,
        NOTHING
    }

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
