package io.plumbline.processor.core.cohort;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Judgement;
import io.plumbline.drift.Truth;
import io.plumbline.drift.VerdictRules;
import io.plumbline.drift.horizon.HorizonStats;
import io.plumbline.processor.core.EventTime;
import io.plumbline.processor.core.References;
import io.plumbline.processor.core.StreamMetrics;
import io.plumbline.processor.core.label.LabelledAnswer;
import io.plumbline.processor.core.recalibration.StaleSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes deltas and labels of cohorts, in any order and as late as the retention, and tells what follows.
 *
 * <p>A window counts as complete once a newer one of the same cohort opened. Every delta refreshes the cohort's health; the
 * verdict is voted on only when a window became complete, over the horizon that ends with it, so that a half-filled window
 * never votes and a burst of deltas votes once. Time is event time throughout: a cohort whose devices stop stands still.
 *
 * <p>Not thread-safe.
 */
public final class CohortDesk {

    private final CohortShelf shelf;
    private final EvaluationPolicy policy;
    private final References references;
    private final StreamMetrics metrics;

    public CohortDesk(CohortShelf shelf, EvaluationPolicy policy, References references, StreamMetrics metrics) {
        this.shelf = shelf;
        this.policy = policy;
        this.references = references;
        this.metrics = metrics;
    }

    private record View(Instant from, Instant to, HorizonStats stats, LabelBucket labels, Judgement judgement) {

        private VerdictEvent.Horizon horizon() {
            return new VerdictEvent.Horizon(
                    from, to, stats.readings(), stats.fidelity().compared(), labels.labelled());
        }
    }

    /**
     * Merges a delta, once.
     *
     * @param now wall clock, when the delta came
     */
    public Outcome on(StatsDelta delta, Instant now) {
        var key = delta.key();
        var cohort = new Cohort(key.model(), key.version(), key.build(), key.site());
        var objection =
                Plausibility.objection(delta).or(() -> tooLate(cohort, key)).or(() -> tooEarly(cohort, key, now));
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        var window = shelf.window(cohort, key);
        if (window.contains(key)) {
            metrics.repeated(Topics.MODEL_STATS);
            return Outcome.NOTHING;
        }
        if (window.isFullFor(key)) {
            return Outcome.refused("more than " + WindowState.MOST_DELTAS + " deltas for one window");
        }
        shelf.put(cohort, key, window.plus(delta));
        metrics.deltaMerged();
        return evaluate(shelf.cohort(cohort).orElseGet(() -> CohortState.start(cohort, key.windowEnd())), key);
    }

    /** Counts a label that met its prediction; labels later than the retention are past counting. */
    public void on(LabelledAnswer answer) {
        var cohort = answer.cohort();
        var horizonOfSite = newest(cohort).map(newest -> newest.minus(policy.retention()));
        if (horizonOfSite.filter(oldest -> answer.at().isBefore(oldest)).isPresent()) {
            metrics.refused(Topics.LABELS);
            return;
        }
        var state = shelf.cohort(cohort).orElseGet(() -> CohortState.start(cohort, answer.at()));
        var wasRight = answer.truth().equals(answer.predicted());
        shelf.put(answer.score().map(score -> state.with(score, wasRight)).orElse(state));
        shelf.label(cohort, answer.at(), answer.truth(), answer.predicted());
        metrics.labelPaired();
    }

    /** The cohort's health as it is now; empty while only labels came. */
    public Optional<ModelHealth> health(Cohort cohort) {
        return shelf.cohort(cohort).flatMap(state -> state.newestEnd().map(end -> health(state, view(state, end))));
    }

    private Outcome evaluate(CohortState before, StatsKey key) {
        var opens = before.isOpenedBy(key);
        var complete = opens ? before.newestEnd().map(end -> view(before, end)) : Optional.<View>empty();
        var voted = complete.map(
                        view -> before.hysteresis().after(view.judgement().verdict(), policy.confirmations()))
                .orElse(before.hysteresis());
        var after = before.with(key).with(voted);
        shelf.put(after);
        var verdict = complete.flatMap(view -> change(before, after, view));
        verdict.ifPresent(event -> metrics.verdictChanged(event.verdict()));
        return new Outcome(
                Optional.empty(),
                after.newestEnd().map(end -> health(after, view(after, end))),
                verdict,
                complete.flatMap(view -> stale(after, view)),
                opens ? forget(after) : List.of());
    }

    private View view(CohortState state, Instant to) {
        var from = to.minus(policy.horizon());
        var windows = shelf.windows(state, from, to);
        var labels = shelf.labels(state.cohort(), from, to);
        var reference = references.of(state.cohort().model(), state.cohort().build());
        var truth = new Truth(labels.scores(), state.scores());
        var judgement = VerdictRules.judge(windows, truth, reference, policy.verdicts());
        return new View(from, to, windows.sum(), labels, judgement);
    }

    private static ModelHealth health(CohortState state, View view) {
        var stats = view.stats();
        return new ModelHealth(
                state.cohort(),
                view.from(),
                view.to(),
                stats.readings(),
                stats.fidelity(),
                view.labels().scores(),
                stats.latency(),
                state.hysteresis().confirmed(),
                view.judgement().evidence());
    }

    private static Optional<VerdictEvent> change(CohortState before, CohortState after, View view) {
        var previous = before.hysteresis().confirmed();
        var now = after.hysteresis().confirmed();
        return previous == now
                ? Optional.empty()
                : Optional.of(VerdictEvent.of(
                                after.cohort(),
                                view.to(),
                                now,
                                previous,
                                view.judgement().because(),
                                view.judgement().evidence())
                        .resting(view.horizon(), view.judgement().carriers()));
    }

    /* The id is that of the verdict event that this evaluation is or would be, so asking again has an id of its own. */
    private static Optional<StaleSignal> stale(CohortState after, View view) {
        var said = view.judgement();
        if (after.hysteresis().confirmed() != Verdict.CALIBRATION_STALE
                || said.verdict() != Verdict.CALIBRATION_STALE) {
            return Optional.empty();
        }
        var event = VerdictEvent.of(
                after.cohort(), view.to(), said.verdict(), said.verdict(), said.because(), said.evidence());
        return Optional.of(new StaleSignal(event.id(), after.cohort(), view.to(), said.because()));
    }

    private List<Cohort> forget(CohortState newest) {
        var oldest = newest.lastSeen().minus(policy.retention());
        List<Cohort> gone = new ArrayList<>();
        for (var other :
                shelf.cohortsOf(newest.cohort().model(), newest.cohort().site())) {
            if (other.lastSeen().isBefore(oldest)) {
                shelf.forget(other.cohort());
                gone.add(other.cohort());
            } else {
                shelf.forgetBefore(other.cohort(), oldest);
            }
        }
        return gone;
    }

    private Optional<String> tooLate(Cohort cohort, StatsKey key) {
        return newest(cohort)
                .filter(newest -> key.windowStart().isBefore(newest.minus(policy.retention())))
                .map(newest -> "window " + key.windowStart() + " is older than " + newest + " by more than "
                        + policy.retention());
    }

    /** One window of the future would make all that comes after it too late. A replay runs far from the wall clock, but not far from itself. */
    private Optional<String> tooEarly(Cohort cohort, StatsKey key, Instant now) {
        var latest = EventTime.later(now, newest(cohort).orElse(now)).plus(policy.clockSkew());
        return key.windowStart().isAfter(latest)
                ? Optional.of("window " + key.windowStart() + " is more than " + policy.clockSkew() + " ahead of " + now
                        + " and of its site; set the clocks of the devices")
                : Optional.empty();
    }

    private Optional<Instant> newest(Cohort cohort) {
        return shelf.cohortsOf(cohort.model(), cohort.site()).stream()
                .map(CohortState::lastSeen)
                .reduce(EventTime::later);
    }
}
