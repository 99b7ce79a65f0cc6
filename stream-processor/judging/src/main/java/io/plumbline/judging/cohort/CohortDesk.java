package io.plumbline.judging.cohort;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Truth;
import io.plumbline.drift.VerdictRules;
import io.plumbline.drift.confidence.LabelledHistory;
import io.plumbline.drift.horizon.HorizonStats;
import io.plumbline.drift.horizon.HorizonWindows;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.References;
import io.plumbline.judging.StreamMetrics;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.policy.EvaluationPolicy;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.policy.Policies;
import io.plumbline.judging.recalibration.StaleSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes deltas and labels of cohorts, in any order and as late as the retention, and tells what follows.
 *
 * <p>A window counts as complete once a newer one of the same cohort opened. A cohort's health can be asked for at any time; the
 * verdict is voted on only when a window became complete, over the horizon that ends with it, so that a half-filled window
 * never votes and a burst of deltas votes once. A delta that comes after its window voted corrects what was counted, not the vote: where the
 * vote would be another one now, the health and the verdict that follow say so for a horizon. Time is event time throughout: a cohort whose devices stop stands still.
 *
 * <p>Not thread-safe.
 */
public final class CohortDesk {

    private final CohortShelf shelf;
    private final Policies policies;
    private final EvaluationPolicy usual;
    private final References references;
    private final StreamMetrics metrics;

    /** One policy for all models. */
    public CohortDesk(CohortShelf shelf, JudgingPolicy policy, References references, StreamMetrics metrics) {
        this(shelf, Policies.always(policy), references, metrics);
    }

    public CohortDesk(CohortShelf shelf, Policies policies, References references, StreamMetrics metrics) {
        this.shelf = shelf;
        this.policies = policies;
        this.usual = policies.usual().evaluation();
        this.references = references;
        this.metrics = metrics;
    }

    /**
     * Merges a delta, once.
     *
     * @param now wall clock, when the delta came
     */
    public Outcome on(StatsDelta delta, Instant now) {
        var key = delta.key();
        var cohort = key.cohort();
        var newest = newest(cohort);
        var objection = Plausibility.objection(delta).or(() -> objection("window", key.windowStart(), newest, now));
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
        var before = shelf.cohort(cohort).orElseGet(() -> CohortState.start(cohort, key.windowEnd()));
        return evaluate(before.isLate(key) ? late(before, window, delta) : merged(before, window, delta), key);
    }

    private CohortState merged(CohortState state, WindowState window, StatsDelta delta) {
        var key = delta.key();
        var stats = HorizonStats.of(delta);
        shelf.put(state.cohort(), key, window.plus(delta));
        shelf.addToTotal(state.cohort(), stats.fidelity());
        if (!delta.confidence().isEmpty()) {
            shelf.confidence(state.cohort(), key.windowStart(), stats.answers());
        }
        metrics.deltaMerged();
        return state;
    }

    /** Judges a window of the past with and without the delta: its vote is not taken again, but what it would be now is told. */
    private CohortState late(CohortState state, WindowState window, StatsDelta delta) {
        metrics.deltaLate();
        var end = delta.key().windowEnd();
        var before = state.corrections().stream()
                .filter(c -> c.window().equals(end))
                .map(Correction::before)
                .findFirst()
                .orElseGet(() -> vote(state, end));
        var after = vote(merged(state, window, delta).with(delta.key()), end);
        return state.with(new Correction(end, state.newestEnd().orElseThrow(), before, after));
    }

    private Verdict vote(CohortState state, Instant to) {
        return evaluation(state, to).judgement().verdict();
    }

    /**
     * Counts a label that met its prediction.
     *
     * @param now wall clock, when the later of the two came
     * @return why it cannot be counted; empty where it was
     */
    public Optional<String> on(LabelledAnswer answer, Instant now) {
        var cohort = answer.cohort();
        var objection = objection("labelled answer", answer.at(), newest(cohort), now);
        if (objection.isPresent()) {
            return objection;
        }
        shelf.put(shelf.cohort(cohort)
                .orElseGet(() -> CohortState.start(cohort, answer.at()))
                .with(answer));
        shelf.label(cohort, answer.at(), answer.truth(), answer.predicted());
        metrics.labelPaired();
        return Optional.empty();
    }

    /** Every cohort that is remembered. */
    public List<Cohort> cohorts() {
        return shelf.all().stream().map(CohortState::cohort).toList();
    }

    /** The cohort's health as it is now; empty while only labels came. */
    public Optional<ModelHealth> health(Cohort cohort) {
        return shelf.cohort(cohort).flatMap(this::health);
    }

    /** What would be said now of the horizon that ended then; empty for a cohort that is not remembered. */
    public Optional<Evaluation> evaluation(Cohort cohort, Instant to) {
        return shelf.cohort(cohort).map(state -> evaluation(state, to));
    }

    /** Forgets what no verdict to come looks at, however late deltas are: for replays, which only vote. */
    public void forgetThePast(Cohort cohort) {
        shelf.cohort(cohort).ifPresent(state -> state.newestEnd().ifPresent(end -> forgetBefore(state, end)));
    }

    private EvaluationPolicy policy(CohortState state) {
        return policies.of(state.cohort().model()).evaluation();
    }

    private void forgetBefore(CohortState state, Instant end) {
        var policy = policy(state);
        var ofHorizon = end.minus(policy.horizon()).minus(state.longestWindow());
        var ofConfidence = end.minus(policy.confidenceHorizon());
        shelf.forgetBefore(state.cohort(), EventTime.earlier(ofHorizon, ofConfidence));
    }

    private Outcome evaluate(CohortState before, StatsKey key) {
        var policy = policies.of(before.cohort().model());
        var opens = before.isOpenedBy(key);
        var complete = opens
                ? before.newestEnd().map(end -> evaluation(before, end, policy.evaluation()))
                : Optional.<Evaluation>empty();
        var after = before.with(key)
                .with(complete.map(Evaluation::after).orElse(before.hysteresis()))
                .withoutCorrectionsBefore(
                        key.windowEnd().minus(policy.evaluation().horizon()));
        shelf.put(after);
        var verdict = complete.filter(Evaluation::changes)
                .map(said -> event(said, policy).correcting(before.corrections()));
        verdict.ifPresent(event -> metrics.verdictChanged(event.verdict()));
        return new Outcome(
                Optional.empty(),
                true,
                complete,
                verdict,
                complete.flatMap(CohortDesk::stale),
                opens ? forget(after, policy.evaluation()) : List.of());
    }

    private Evaluation evaluation(CohortState state, Instant to) {
        return evaluation(state, to, policy(state));
    }

    private Evaluation evaluation(CohortState state, Instant to, EvaluationPolicy policy) {
        var from = to.minus(policy.horizon());
        var entries = shelf.windows(state, from, to);
        var spans = entries.stream().map(CohortShelf::span).toList();
        // a window of the horizon may begin before it, and must not count once more in the stretch in which it does
        var first = spans.stream().findFirst().map(Evaluation.Span::start).orElse(from);
        var windows = HorizonWindows.of(
                entries.stream().map(entry -> entry.value().stats()).toList(),
                shelf.confidences(
                        state.cohort(), to.minus(policy.confidenceHorizon()), EventTime.earlier(first, from)));
        var scores = state.labelled().map(LabelledHistory::scores);
        var truth = new Truth(shelf.labels(state.cohort(), from, to).scores(), scores);
        var reference = references.of(state.cohort().model(), state.cohort().build());
        var judgement = VerdictRules.judge(windows, truth, reference, policy.verdicts());
        return new Evaluation(
                state.cohort(),
                from,
                to,
                spans,
                windows,
                truth,
                reference.isPresent(),
                judgement,
                state.hysteresis(),
                state.hysteresis().after(judgement.verdict(), policy.confirmations()));
    }

    private Optional<ModelHealth> health(CohortState state) {
        return state.newestEnd().map(end -> health(state, evaluation(state, end)));
    }

    private ModelHealth health(CohortState state, Evaluation now) {
        var stats = now.windows().sum();
        return new ModelHealth(
                now.cohort(),
                now.from(),
                now.to(),
                stats.readings(),
                stats.fidelity(),
                now.truth().labels(),
                stats.latency(),
                state.hysteresis().confirmed(),
                now.judgement().evidence(),
                state.corrected(),
                Optional.of(now.judgement().inputs()).filter(inputs -> !inputs.isEmpty()),
                Optional.of(shelf.total(now.cohort())));
    }

    private static VerdictEvent event(Evaluation said, JudgingPolicy policy) {
        var judgement = said.judgement();
        var basis = new VerdictEvent.Basis(
                policy.settings(),
                said.referenceKnown(),
                said.truth().labels(),
                said.truth().scores().map(s -> new VerdictEvent.Basis.Scores(s.answers(), s.right(), s.dispersion())));
        return VerdictEvent.of(
                        said.cohort(),
                        said.to(),
                        said.after().confirmed(),
                        said.before().confirmed(),
                        judgement.because(),
                        judgement.evidence())
                .resting(said.horizon(), judgement.carriers())
                .judgedBy(basis);
    }

    /* The id is that of the verdict event that this evaluation is or would be, so asking again has an id of its own. */
    private static Optional<StaleSignal> stale(Evaluation said) {
        var judgement = said.judgement();
        if (said.after().confirmed() != Verdict.CALIBRATION_STALE || judgement.verdict() != Verdict.CALIBRATION_STALE) {
            return Optional.empty();
        }
        var event = VerdictEvent.of(
                said.cohort(),
                said.to(),
                judgement.verdict(),
                judgement.verdict(),
                judgement.because(),
                judgement.evidence());
        return Optional.of(new StaleSignal(event.id(), said.cohort(), said.to(), judgement.because()));
    }

    private List<Cohort> forget(CohortState newest, EvaluationPolicy policy) {
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

    /** One moment of the future would make all that comes after it too late. A replay runs far from the wall clock, but not far from itself. */
    private Optional<String> objection(String what, Instant at, Optional<Instant> newestOfSite, Instant now) {
        return newestOfSite
                .filter(newest -> at.isBefore(newest.minus(usual.retention())))
                .map(newest -> what + " " + at + " is older than " + newest + " by more than " + usual.retention())
                .or(() -> EventTime.tooEarly(what, at, newestOfSite, now, usual.clockSkew()));
    }

    private Optional<Instant> newest(Cohort cohort) {
        return shelf.cohortsOf(cohort.model(), cohort.site()).stream()
                .map(CohortState::lastSeen)
                .reduce(EventTime::later);
    }
}
