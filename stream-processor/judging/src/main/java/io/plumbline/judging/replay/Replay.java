package io.plumbline.judging.replay;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.References;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.cohort.Outcome;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.label.Pairing;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.recalibration.RecalibrationLedger;
import io.plumbline.judging.recalibration.StaleSignal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processor's judging over memory: what is fed in the order in which it came leads to what the processor said. Keeps the
 * windows of one horizon per build and site, of the longer of the two, and the results that wait for a label that the log has. Not
 * thread-safe.
 */
public final class Replay {

    private final JudgingPolicy policy;
    private final CohortDesk cohorts;
    private final LabelDesk labels;
    private final Map<ModelName, RecalibrationLedger> ledgers = new HashMap<>();

    /** @param labelled the events that the log has labels for; other results are passed over */
    public Replay(JudgingPolicy policy, References references, Set<String> labelled) {
        var metrics = new Uncounted();
        this.policy = policy;
        this.cohorts = new CohortDesk(
                new CohortShelf(
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>()),
                policy,
                references,
                metrics);
        this.labels = new LabelDesk(new LabelledPairs(labelled), new MemoryState<>(), policy, metrics);
    }

    /**
     * What followed from a delta.
     *
     * @param request for a recalibration
     */
    public record Step(Outcome outcome, Optional<RecalibrationEvent.Requested> request) {}

    /** @param arrived when the log took the delta */
    public Step on(StatsDelta delta, Instant arrived) {
        var outcome = cohorts.on(delta, arrived);
        outcome.evaluation().map(Evaluation::cohort).ifPresent(cohorts::forgetThePast);
        return new Step(outcome, outcome.stale().flatMap(this::request));
    }

    /** What would be said now of the horizon that ended then, of a cohort that was heard of. */
    Optional<Evaluation> evaluation(Cohort cohort, Instant to) {
        return cohorts.evaluation(cohort, to);
    }

    /** The answer, if its label came before; empty where it is not counted. */
    public Optional<LabelledAnswer> on(InferenceResult result, Instant arrived) {
        return counted(labels.on(result, arrived), arrived);
    }

    /** The label, if its answer came before; empty where it is not counted. */
    public Optional<LabelledAnswer> on(Label label, Instant arrived) {
        return counted(labels.on(label, arrived), arrived);
    }

    private Optional<LabelledAnswer> counted(Pairing pairing, Instant arrived) {
        return pairing.answer().filter(answer -> cohorts.on(answer, arrived).isEmpty());
    }

    private Optional<RecalibrationEvent.Requested> request(StaleSignal signal) {
        var model = signal.cohort().model();
        var decision = ledgers.getOrDefault(model, RecalibrationLedger.EMPTY).decide(signal, policy.recalibration());
        ledgers.put(model, decision.ledger());
        return decision.request();
    }
}
