package io.plumbline.judging.replay;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.References;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.cohort.Outcome;
import io.plumbline.judging.label.LabelDesk;
import io.plumbline.judging.label.LabelledAnswer;
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
 * windows of one horizon per build and site, and the results that wait for a label that the log has. Not thread-safe.
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
                new CohortShelf(new MemoryState<>(), new MemoryState<>(), new MemoryState<>(), new MemoryState<>()),
                policy,
                references,
                metrics);
        this.labels = new LabelDesk(new LabelledPairs(labelled), new MemoryState<>(), policy.labelRetention(), metrics);
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

    /** The answer, if it had met its label before. */
    public Optional<LabelledAnswer> on(InferenceResult result) {
        return EventTime.isPlausible(result.eventTime()) ? counted(labels.on(result)) : Optional.empty();
    }

    /** The label, if it had met its answer before. */
    public Optional<LabelledAnswer> on(Label label) {
        return EventTime.isPlausible(label.eventTime()) ? counted(labels.on(label)) : Optional.empty();
    }

    private Optional<LabelledAnswer> counted(Optional<LabelledAnswer> answer) {
        answer.ifPresent(cohorts::on);
        return answer;
    }

    private Optional<RecalibrationEvent.Requested> request(StaleSignal signal) {
        var model = signal.cohort().model();
        var decision = ledgers.getOrDefault(model, RecalibrationLedger.EMPTY).decide(signal, policy.recalibration());
        ledgers.put(model, decision.ledger());
        return decision.request();
    }
}
