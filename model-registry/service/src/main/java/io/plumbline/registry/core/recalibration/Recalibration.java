package io.plumbline.registry.core.recalibration;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where a recalibration stands. Immutable; only {@link Coordinator} makes the transitions. Its JSON form is what is stored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Recalibration.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Recalibration.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = Recalibration.Observing.class, name = "observing"),
    @JsonSubTypes.Type(value = Recalibration.Building.class, name = "building"),
    @JsonSubTypes.Type(value = Recalibration.Scoring.class, name = "scoring"),
    @JsonSubTypes.Type(value = Recalibration.Ended.class, name = "ended")
})
public sealed interface Recalibration {

    Requested request();

    /** Gateways that were asked and have neither answered nor declined. */
    default Set<GatewayId> awaited() {
        return Set.of();
    }

    /** When waiting ends, wall clock. */
    default Instant deadline() {
        return Instant.MAX;
    }

    /** Whether gateways were asked. */
    default boolean hasBegun() {
        return true;
    }

    /** Asked for; no gateway was asked yet. */
    record Waiting(Requested request) implements Recalibration {

        @Override
        public boolean hasBegun() {
            return false;
        }
    }

    /**
     * Asked for while another recalibration of the same build was under way: it ends as that one does.
     *
     * @param to id of the other
     */
    record Joined(Requested request, String to) implements Recalibration {

        /** The other's outcome under this id. */
        public RecalibrationEvent outcome(RecalibrationEvent other) {
            if (other instanceof RecalibrationEvent.Accepted accepted) {
                return new RecalibrationEvent.Accepted(
                        request.id(),
                        accepted.model(),
                        accepted.build(),
                        accepted.candidate(),
                        accepted.because(),
                        accepted.scores(),
                        accepted.at());
            }
            if (other instanceof RecalibrationEvent.Refused refused) {
                return new RecalibrationEvent.Refused(
                        request.id(),
                        refused.model(),
                        refused.build(),
                        refused.because(),
                        refused.scores(),
                        refused.at());
            }
            throw new IllegalStateException("an end without an outcome is a bug");
        }

        @Override
        public boolean hasBegun() {
            return false;
        }
    }

    /**
     * Gateways were asked for histograms.
     *
     * @param live what the sites read when they were; empty in what was kept before that was
     */
    record Observing(
            Requested request,
            Map<GatewayId, SiteId> asked,
            Map<GatewayId, CalibrationMessage.Observed> answers,
            Map<GatewayId, String> declined,
            Optional<List<InputHistogram>> live,
            Instant deadline)
            implements Recalibration {

        public Observing {
            asked = Map.copyOf(asked);
            answers = Map.copyOf(answers);
            declined = Map.copyOf(declined);
        }

        Observing with(CalibrationMessage.Observed answer) {
            return new Observing(request, asked, plus(answers, answer.gateway(), answer), declined, live, deadline);
        }

        Observing without(CalibrationMessage.Declined answer) {
            return new Observing(
                    request, asked, answers, plus(declined, answer.gateway(), answer.because()), live, deadline);
        }

        @Override
        public Set<GatewayId> awaited() {
            return Recalibration.open(asked, answers.keySet(), declined.keySet());
        }
    }

    /**
     * Candidates are being built. A build ends by itself, however long it takes and however long it had to wait.
     *
     * @param asked gateways that are trusted, which are those to score
     * @param histograms merged
     * @param setAside why other gateways are not trusted
     * @param widest which gateway that is trusted saw far wider ranges than the rest; empty if none did, or before that was kept
     * @param contributions where the histograms come from; empty in what was kept before that was
     * @param quality of what they were taken from; likewise
     * @param since when this began, wall clock; becomes part of the candidates, so that building again gives the same ones
     */
    record Building(
            Requested request,
            Map<GatewayId, SiteId> asked,
            List<TensorHistogram> histograms,
            Optional<List<Contribution>> contributions,
            Optional<CalibrationQuality> quality,
            Map<GatewayId, String> setAside,
            Optional<String> widest,
            Instant since)
            implements Recalibration {

        public Building {
            asked = Map.copyOf(asked);
            histograms = List.copyOf(histograms);
            setAside = Map.copyOf(setAside);
        }

        Effect.Build order() {
            return new Effect.Build(
                    request,
                    histograms,
                    contributions.orElse(List.of()),
                    quality.orElse(CalibrationQuality.UNKNOWN),
                    since);
        }
    }

    /**
     * Gateways were asked to score.
     *
     * @param widest as of {@link Building}
     */
    record Scoring(
            Requested request,
            List<Digest> candidates,
            Map<GatewayId, SiteId> asked,
            Map<GatewayId, List<CandidateScore>> answers,
            Map<GatewayId, String> declined,
            Map<GatewayId, String> setAside,
            Optional<String> widest,
            Instant deadline)
            implements Recalibration {

        public Scoring {
            candidates = List.copyOf(candidates);
            asked = Map.copyOf(asked);
            answers = Map.copyOf(answers);
            declined = Map.copyOf(declined);
            setAside = Map.copyOf(setAside);
        }

        Scoring with(CalibrationMessage.Scored answer) {
            return new Scoring(
                    request,
                    candidates,
                    asked,
                    plus(answers, answer.gateway(), answer.scores()),
                    declined,
                    setAside,
                    widest,
                    deadline);
        }

        /** What this gateway says does not count. */
        Scoring setAside(GatewayId gateway, String why) {
            var others = new HashMap<>(asked);
            others.remove(gateway);
            return new Scoring(
                    request, candidates, others, answers, declined, plus(setAside, gateway, why), widest, deadline);
        }

        Scoring without(CalibrationMessage.Declined answer) {
            return new Scoring(
                    request,
                    candidates,
                    asked,
                    answers,
                    plus(declined, answer.gateway(), answer.because()),
                    setAside,
                    widest,
                    deadline);
        }

        @Override
        public Set<GatewayId> awaited() {
            return Recalibration.open(asked, answers.keySet(), declined.keySet());
        }
    }

    /**
     * Over.
     *
     * @param begun whether gateways were asked before
     */
    record Ended(Requested request, RecalibrationEvent outcome, boolean begun) implements Recalibration {

        @Override
        public boolean hasBegun() {
            return begun;
        }
    }

    private static Set<GatewayId> open(Map<GatewayId, SiteId> asked, Set<GatewayId> answered, Set<GatewayId> declined) {
        var open = new java.util.HashSet<>(asked.keySet());
        open.removeAll(answered);
        open.removeAll(declined);
        return open;
    }

    private static <K, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
        var copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
