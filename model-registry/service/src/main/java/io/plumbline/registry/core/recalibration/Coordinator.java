package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.recalibration.Recalibration.Building;
import io.plumbline.registry.core.recalibration.Recalibration.Observing;
import io.plumbline.registry.core.recalibration.Recalibration.Scoring;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The federated recalibration: observe, build, score, decide. Pure: (state, event, now) to (state', effects). A site that
 * was named in the request and does not answer ends it: what cannot be evaluated is not safe.
 */
public final class Coordinator {

    private static final int BINS = 2048;
    private static final int MAX_WINDOWS = 512;

    private final Gate gate;
    private final Choice choice;
    private final Duration taskTimeout;

    /** @param taskTimeout how long gateways may take for one task */
    public Coordinator(Gate gate, Choice choice, Duration taskTimeout) {
        this.gate = gate;
        this.choice = choice;
        this.taskTimeout = taskTimeout;
    }

    /**
     * @param running gateways that run the stale build now
     * @param live what the sites of the request read, which the windows of the gateways are held against
     */
    public Step begin(Requested request, Map<GatewayId, SiteId> running, List<InputHistogram> live, Instant now) {
        var silent = missing(request.sites(), running.values());
        if (!silent.isEmpty()) {
            return refuse(
                    request,
                    "no gateway on " + silent + " runs build " + request.build().shortHex(),
                    List.of(),
                    now);
        }
        var chosen = choice.of(request, running);
        var state = new Observing(request, chosen, Map.of(), Map.of(), Optional.of(live), now.plus(taskTimeout));
        return Step.to(state, observe(request, chosen.keySet()));
    }

    private static Effect observe(Requested request, Collection<GatewayId> from) {
        return new Effect.Send(new CalibrationMessage.Observe(
                request.id(), request.model(), request.build(), BINS, MAX_WINDOWS, named(from)));
    }

    private static Optional<List<GatewayId>> named(Collection<GatewayId> gateways) {
        return Optional.of(
                gateways.stream().sorted(Comparator.comparing(GatewayId::value)).toList());
    }

    /** What this state asks for, once more: nobody knows whether it was done. Gateways that are waited for get their time anew. */
    public Step again(Recalibration state, Instant now) {
        if (state instanceof Observing one) {
            var renewed = new Observing(
                    one.request(), one.asked(), one.answers(), one.declined(), one.live(), now.plus(taskTimeout));
            return Step.to(renewed, observe(one.request(), one.awaited()));
        }
        if (state instanceof Building one) {
            return Step.to(one, one.order());
        }
        if (state instanceof Scoring one) {
            var renewed = new Scoring(
                    one.request(),
                    one.candidates(),
                    one.asked(),
                    one.answers(),
                    one.declined(),
                    one.setAside(),
                    one.widest(),
                    now.plus(taskTimeout));
            return Step.to(renewed, score(one.request(), one.candidates(), one.awaited()));
        }
        return state instanceof Recalibration.Ended over
                ? Step.end(new Effect.Finish(over.outcome()))
                : Step.stay(state);
    }

    /** An answer of a gateway; answers to other recalibrations, or out of turn, change nothing. */
    public Step answer(Recalibration state, CalibrationMessage answer, Instant now) {
        if (!answer.recalibration().equals(state.request().id())) {
            return Step.stay(state);
        }
        if (state instanceof Observing observing) {
            return onObserving(observing, answer, now);
        }
        if (state instanceof Scoring scoring) {
            return onScoring(scoring, answer, now);
        }
        return Step.stay(state);
    }

    private Step onObserving(Observing state, CalibrationMessage answer, Instant now) {
        var next = state;
        if (answer instanceof CalibrationMessage.Observed observed
                && state.awaited().contains(observed.gateway())) {
            next = state.with(observed);
        } else if (answer instanceof CalibrationMessage.Declined declined
                && state.awaited().contains(declined.gateway())) {
            next = state.without(declined);
        }
        return next.awaited().isEmpty() ? observed(next, now) : Step.stay(next);
    }

    private Step onScoring(Scoring state, CalibrationMessage answer, Instant now) {
        var next = state;
        if (answer instanceof CalibrationMessage.Scored scored
                && state.awaited().contains(scored.gateway())) {
            next = Scores.impossible(scored.scores(), builds(state.request(), state.candidates()), MAX_WINDOWS)
                    .map(why -> state.setAside(scored.gateway(), why))
                    .orElseGet(() -> state.with(scored));
        } else if (answer instanceof CalibrationMessage.Declined declined
                && state.awaited().contains(declined.gateway())) {
            next = state.without(declined);
        }
        return next.awaited().isEmpty() ? scored(next, now) : Step.stay(next);
    }

    /** The candidates that {@link Effect.Build} led to. */
    public Step built(Recalibration state, List<Digest> candidates, Instant now) {
        if (!(state instanceof Building building)) {
            return Step.stay(state);
        }
        var request = state.request();
        if (candidates.isEmpty()) {
            return refuse(request, "no candidate could be built", List.of(), now);
        }
        var next = new Scoring(
                request,
                candidates,
                building.asked(),
                Map.of(),
                Map.of(),
                building.setAside(),
                building.widest(),
                now.plus(taskTimeout));
        return Step.to(next, score(request, candidates, next.awaited()));
    }

    private static Effect score(Requested request, List<Digest> candidates, Collection<GatewayId> from) {
        return new Effect.Send(new CalibrationMessage.Score(
                request.id(), request.model(), builds(request, candidates), MAX_WINDOWS, named(from)));
    }

    private static List<Digest> builds(Requested request, List<Digest> candidates) {
        var builds = new ArrayList<Digest>();
        builds.add(request.build());
        builds.addAll(candidates);
        return builds;
    }

    /** Building failed. */
    public Step failed(Recalibration state, String because, Instant now) {
        return refuse(state.request(), "no candidate could be built: " + because, List.of(), now);
    }

    /** Time passes. */
    public Step tick(Recalibration state, Instant now) {
        if (now.isBefore(state.deadline())) {
            return Step.stay(state);
        }
        if (state instanceof Observing observing) {
            return observed(observing, now);
        }
        return state instanceof Scoring scoring ? scored(scoring, now) : Step.stay(state);
    }

    private Step observed(Observing state, Instant now) {
        var contributions = Contributions.of(state.answers(), BINS, MAX_WINDOWS);
        var kept = contributions.kept();
        var silent = missing(
                state.request().sites(),
                kept.keySet().stream().map(state.asked()::get).toList());
        if (!silent.isEmpty()) {
            var why = uncovered("histograms", silent, state.declined(), contributions.setAside());
            return refuse(state.request(), why, List.of(), now);
        }
        var trusted = new HashMap<>(state.asked());
        trusted.keySet().removeAll(contributions.setAside().keySet());
        var since = now.truncatedTo(ChronoUnit.MILLIS);
        var next = new Building(
                state.request(),
                trusted,
                merge(kept.values()),
                Optional.of(contributions.sizes(state.asked())),
                Optional.of(contributions.quality(state.live().orElse(List.of()))),
                contributions.setAside(),
                contributions.widest(),
                since);
        return Step.to(next, next.order());
    }

    private Step scored(Scoring state, Instant now) {
        var sites = state.answers().keySet().stream().map(state.asked()::get).toList();
        var silent = missing(state.request().sites(), sites);
        if (!silent.isEmpty()) {
            return refuse(
                    state.request(), uncovered("scores", silent, state.declined(), state.setAside()), List.of(), now);
        }
        return decide(state, new Scores(state.answers()), now);
    }

    private Step decide(Scoring state, Scores scores, Instant now) {
        var request = state.request();
        var builds = builds(request, state.candidates());
        var inOrder =
                builds.stream().flatMap(build -> scores.total(build).stream()).toList();
        if (inOrder.size() < builds.size()) {
            return refuse(request, "the gateways did not score every build", scores.totals(), now);
        }
        var decision = gate.decide(request.build(), state.candidates(), scores);
        if (decision.candidate().isEmpty()) {
            var widest = state.widest()
                    .map(one -> "; far wider than the rest: " + one)
                    .orElse("");
            return refuse(request, decision.because() + told("set aside", state.setAside()) + widest, inOrder, now);
        }
        return Step.end(new Effect.Finish(new RecalibrationEvent.Accepted(
                request.id(),
                request.model(),
                request.build(),
                decision.candidate().get(),
                decision.because() + told("set aside", state.setAside()),
                inOrder,
                now)));
    }

    /** Ends it without a new build. */
    public static Step refuse(Requested request, String because, List<CandidateScore> scores, Instant now) {
        return Step.end(new Effect.Finish(
                new RecalibrationEvent.Refused(request.id(), request.model(), request.build(), because, scores, now)));
    }

    private static TreeSet<SiteId> missing(List<SiteId> needed, Collection<SiteId> present) {
        var missing = new TreeSet<>(needed);
        missing.removeAll(present);
        return missing;
    }

    private static String uncovered(
            String what, TreeSet<SiteId> silent, Map<GatewayId, String> declined, Map<GatewayId, String> setAside) {
        return "no " + what + " from " + silent + told("declined", declined) + told("set aside", setAside);
    }

    private static String told(String what, Map<GatewayId, String> gateways) {
        return gateways.isEmpty() ? "" : "; " + what + ": " + gateways;
    }

    private static List<TensorHistogram> merge(Collection<CalibrationMessage.Observed> answers) {
        Map<String, RangeHistogram> merged = new LinkedHashMap<>();
        for (var answer : answers) {
            for (var histogram : answer.histograms()) {
                merged.computeIfAbsent(histogram.tensor(), tensor -> new RangeHistogram(tensor, BINS))
                        .add(histogram);
            }
        }
        return merged.values().stream().map(RangeHistogram::snapshot).toList();
    }
}
