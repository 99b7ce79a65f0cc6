package io.plumbline.fleet.core.console;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.VerdictEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a build of a model does on a site.
 *
 * @param because the verdict in one sentence
 * @param readingsPerSecond of the site
 * @param clipping the tensor that leaves its range most; empty if nothing is known of any
 * @param rollout the newest of the model
 */
public record CohortCard(
        ModelHealth health,
        String because,
        double readingsPerSecond,
        Optional<TensorClipping> clipping,
        Optional<RolloutEvent> rollout) {

    /** INT8 should follow FP32 at least so often on every class, whatever the policy says. */
    private static final double POOR = 0.75;

    static CohortCard of(
            ModelHealth health, double readingsPerSecond, Optional<VerdictEvent> verdict, List<RolloutEvent> rollouts) {
        var cohort = health.cohort();
        return new CohortCard(
                health,
                verdict.filter(one -> one.verdict() == health.verdict())
                        .map(VerdictEvent::because)
                        .orElseGet(() -> Wording.meaning(health.verdict())),
                readingsPerSecond,
                health.fidelity().clipping().stream()
                        .max(Comparator.comparingDouble(
                                one -> one.windows() == 0 ? 0 : (double) one.clippedWindows() / one.windows())),
                rollouts.stream()
                        .filter(one -> one.model().equals(cohort.model()))
                        .findFirst());
    }

    /** Answers whose truth is known. */
    public long labelled() {
        return health.labels().stream().mapToLong(LabelScore::labelled).sum();
    }

    public long correct() {
        return health.labels().stream().mapToLong(LabelScore::correct).sum();
    }

    /** Whether the evidence says that too much is clipped. */
    public boolean clips() {
        return health.evidence().stream().anyMatch(fact -> fact.measure().equals("clipping") && fact.breached());
    }

    /** Whether INT8 follows FP32 too seldom on what FP32 calls this. */
    public boolean poor(ClassAgreement one) {
        return (one.compared() > 0 && one.agreed() < POOR * one.compared())
                || health.evidence().stream()
                        .anyMatch(fact -> fact.measure().equals("agreement")
                                && fact.subject().equals(one.label())
                                && fact.breached());
    }

    /** What the newest rollout of the model has to do with this build; empty if nothing. */
    public String role() {
        var build = health.cohort().build();
        if (rollout.isEmpty() || rollout.get().stage().isFinal()) {
            return "";
        }
        if (rollout.get().candidate().equals(build)) {
            return "candidate";
        }
        return rollout.get().baseline().equals(build) ? "baseline" : "";
    }
}
