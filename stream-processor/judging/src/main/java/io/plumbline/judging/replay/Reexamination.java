package io.plumbline.judging.replay;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.drift.Reference;
import io.plumbline.drift.Truth;
import io.plumbline.drift.VerdictRules;
import io.plumbline.drift.confidence.LabelledScores;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges one recorded verdict again. Takes what the log has, in the order in which it came; statistics are merged and voted on as
 * the processor did, until the window that decided is complete. Labels that the log has are held against those that the verdict
 * counted: when exactly which label was counted is not in the log. Statistics of its
 * windows that came after the verdict are judged with the others once more, beside it. Not thread-safe.
 */
public final class Reexamination implements Listener {

    private final VerdictEvent recorded;
    private final VerdictEvent.Basis basis;
    private final JudgingPolicy policy;
    private final Optional<Reference> reference;
    private final Replay replay;
    private Optional<Evaluation> found = Optional.empty();
    private long labelledInLog;
    private long late;

    /**
     * @param basis of the verdict
     * @param reference of its build
     * @param labelled the events that the log has labels for
     * @throws BrokenSettingException if the policy in force is not understood
     */
    public Reexamination(
            VerdictEvent recorded, VerdictEvent.Basis basis, Optional<Reference> reference, Set<String> labelled) {
        this.recorded = recorded;
        this.basis = basis;
        this.policy = JudgingPolicy.of(basis.policy());
        this.reference = basis.reference() ? reference : Optional.empty();
        var build = recorded.cohort().build();
        this.replay =
                new Replay(policy, (model, other) -> other.equals(build) ? this.reference : Optional.empty(), labelled);
    }

    /** On deltas of other builds of the site at least how late those of this one may be depends. */
    @Override
    public boolean concerns(String key) {
        return key.equals(recorded.cohort().model() + "|" + recorded.cohort().site());
    }

    @Override
    public void on(StatsDelta delta, Instant arrived) {
        if (found.isEmpty()) {
            found = replay.on(delta, arrived).outcome().evaluation().filter(this::isIt);
        } else if (found.filter(said -> restsOn(said, delta.key())).isPresent()
                && replay.on(delta, arrived).outcome().counted()) {
            late++;
        }
    }

    private static boolean restsOn(Evaluation said, StatsKey key) {
        return key.cohort().equals(said.cohort())
                && key.windowEnd().isAfter(said.from())
                && !key.windowEnd().isAfter(said.to());
    }

    private boolean isIt(Evaluation said) {
        return said.cohort().equals(recorded.cohort()) && said.to().equals(recorded.at());
    }

    @Override
    public void on(InferenceResult result, Instant arrived) {
        if (result.site().equals(recorded.cohort().site())) {
            replay.on(result, arrived).ifPresent(this::count);
        }
    }

    @Override
    public void on(Label label, Instant arrived) {
        replay.on(label, arrived).ifPresent(this::count);
    }

    private void count(LabelledAnswer answer) {
        var within = recorded.horizon()
                .filter(h -> !answer.at().isBefore(h.from()) && answer.at().isBefore(h.to()));
        if (answer.cohort().equals(recorded.cohort()) && within.isPresent()) {
            labelledInLog++;
        }
    }

    /** @param extent how much of the past the log still has */
    public Finding finding(LogExtent extent) {
        List<String> missing = new ArrayList<>();
        var again = found.map(this::again);
        if (basis.reference() && reference.isEmpty()) {
            missing.add("the reference profile of build "
                    + recorded.cohort().build().shortHex()
                    + ", which the verdict was judged with and the registry does not have any more");
        }
        missingStatistics(extent).ifPresent(missing::add);
        again.flatMap(a -> missingConfidences(a.event(), extent)).ifPresent(missing::add);
        missingLabels(extent).ifPresent(missing::add);
        var difference = missing.isEmpty() ? difference(again) : Optional.<Difference>empty();
        return new Finding(
                recorded,
                Optional.of(policy),
                found,
                again,
                new Finding.Result(missing, difference),
                new Finding.Since(labelledInLog, late, found.flatMap(this::withLateOnes)));
    }

    private Optional<Verdict> withLateOnes(Evaluation said) {
        return replay.evaluation(said.cohort(), said.to())
                .filter(now -> late > 0)
                .map(now -> again(now).event().verdict());
    }

    private Finding.Again again(Evaluation said) {
        var truth = new Truth(
                basis.labels(), basis.scores().map(s -> new LabelledScores(s.answers(), s.right(), s.dispersion())));
        var judgement = VerdictRules.judge(
                said.windows(), truth, reference, policy.evaluation().verdicts());
        var event = VerdictEvent.of(
                        said.cohort(),
                        said.to(),
                        judgement.verdict(),
                        said.before().confirmed(),
                        judgement.because(),
                        judgement.evidence())
                .resting(said.horizon(truth), judgement.carriers())
                .judgedBy(basis);
        return new Finding.Again(event, judgement.rule());
    }

    private Optional<Difference> difference(Optional<Finding.Again> again) {
        if (again.isEmpty()) {
            return Optional.of(new Difference(
                    "the window that decided",
                    "one that ends at " + recorded.at(),
                    "none of this build and site that became complete"));
        }
        return Difference.between(recorded, again.get().event()).or(this::labels);
    }

    private Optional<Difference> labels() {
        return labelled() > labelledInLog
                ? Difference.of("the labelled answers", labelled(), labelledInLog)
                : Optional.empty();
    }

    private long labelled() {
        return basis.labels().stream().mapToLong(LabelScore::labelled).sum();
    }

    private Optional<String> missingStatistics(LogExtent extent) {
        var recordedReadings =
                recorded.horizon().map(VerdictEvent.Horizon::readings).orElse(0L);
        long readings = found.map(f -> f.horizon().readings()).orElse(0L);
        if (extent.statistics().isEmpty() || (found.isPresent() && readings >= recordedReadings)) {
            return Optional.empty();
        }
        return Optional.of("statistics: of " + recordedReadings + " readings the log still has " + readings
                + "; all that came before " + extent.statistics().get() + " is deleted");
    }

    /** What confidence promises is looked at for longer than the horizon. */
    private Optional<String> missingConfidences(VerdictEvent again, LogExtent extent) {
        var counted = answers(recorded);
        var left = answers(again);
        if (extent.statistics().isEmpty() || left >= counted) {
            return Optional.empty();
        }
        return Optional.of("confidence: of " + counted + " answers the log still has " + left
                + "; all that came before " + extent.statistics().get() + " is deleted");
    }

    private static long answers(VerdictEvent event) {
        return event.evidence().stream()
                .filter(e -> e.measure().equals(VerdictRules.ESTIMATED_ACCURACY))
                .mapToLong(Evidence::samples)
                .sum();
    }

    private Optional<String> missingLabels(LogExtent extent) {
        if (extent.labels().isEmpty() || labelled() <= labelledInLog) {
            return Optional.empty();
        }
        return Optional.of("labels: of " + labelled() + " labelled answers the log still has " + labelledInLog
                + "; all that came before " + extent.labels().get() + " is deleted");
    }
}
