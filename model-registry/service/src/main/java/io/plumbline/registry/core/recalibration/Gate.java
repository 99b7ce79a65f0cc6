package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.LabelledAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Picks a candidate on holdout windows, or none. Holdouts rarely hold rare events, so agreement alone cannot tell good
 * from bad there: the distance to FP32 and the clipping must be shown to fall, and among the candidates that pass the order of
 * the policy decides, not the smallest distance.
 */
public final class Gate {

    private final GatePolicy policy;

    public Gate(GatePolicy policy) {
        this.policy = policy;
    }

    /**
     * @param candidate the build that passed; empty for a refusal
     * @param because one sentence with the numbers; of a refusal it says which candidates failed and which are only not proven
     */
    public record Decision(Optional<Digest> candidate, String because) {}

    /** @param candidates in the order of preference, all of them in the scores, as the running build is */
    public Decision decide(Digest running, List<Digest> candidates, Scores scores) {
        var before = scores.total(running).orElseThrow();
        var scrutiny = new Scrutiny(policy, candidates.size());
        var reasons = new ArrayList<String>();
        for (var one : candidates) {
            var candidate = scores.total(one).orElseThrow();
            var finding = scrutiny.against(before, candidate, scores.apart(one));
            if (finding.isEmpty()) {
                return new Decision(Optional.of(one), praise(before, candidate, scrutiny));
            }
            reasons.add(candidate.recipe() + ": " + finding.get());
        }
        return new Decision(
                Optional.empty(),
                reasons.isEmpty() ? "there is no candidate" : "no candidate is better: " + String.join("; ", reasons));
    }

    private String praise(CandidateScore running, CandidateScore candidate, Scrutiny scrutiny) {
        return String.format(
                Locale.ROOT,
                "%s, %s differs from FP32 by %.5f instead of %.5f, shown to be at most %.2f of it at %.0f %% confidence"
                        + " (over it by %s), and its worst tensor clips %.1f %% of %s%d holdout windows instead of %.1f %%; %s; %s",
                Finding.Outcome.PASS,
                candidate.recipe(),
                meanDelta(candidate),
                meanDelta(running),
                policy.deltaRatio(),
                100 * policy.confidence(),
                scrutiny.excess(candidate),
                100 * Clipped.worstShare(candidate.fidelity()),
                Clipped.countsValues(candidate.fidelity()) ? "the values in " : "",
                candidate.windows(),
                100 * Clipped.worstShare(running.fidelity()),
                accuracy(candidate),
                labels(candidate));
    }

    /** What is known of it, and what is not. */
    private static String accuracy(CandidateScore candidate) {
        return candidate
                .promised()
                .filter(promised -> promised.windows() > 0)
                .map(promised -> String.format(
                        Locale.ROOT,
                        "FP32's confidence promises %.4f right answers instead of %.4f, of its own %.4f",
                        promised.right() / promised.windows(),
                        promised.running() / promised.windows(),
                        promised.reference() / promised.windows()))
                .orElse("FP32's confidence is not evaluable, since the model gives no probabilities");
    }

    private String labels(CandidateScore candidate) {
        var labelled = candidate.labelled().orElse(LabelledAccuracy.NONE);
        if (labelled.windows() < policy.minLabelled()) {
            return String.format(
                    Locale.ROOT,
                    "accuracy by labels is not evaluable, since %d holdout windows have one and %d would say something",
                    labelled.windows(),
                    policy.minLabelled());
        }
        return String.format(
                Locale.ROOT,
                "of %d labelled windows it gets %.4f right, the running build %.4f, FP32 %.4f",
                labelled.windows(),
                labelled.right(),
                labelled.running(),
                (double) labelled.reference() / labelled.windows());
    }

    static double meanDelta(CandidateScore score) {
        return score.windows() == 0
                ? Double.POSITIVE_INFINITY
                : score.fidelity().sumAbsoluteDelta() / score.windows();
    }
}
