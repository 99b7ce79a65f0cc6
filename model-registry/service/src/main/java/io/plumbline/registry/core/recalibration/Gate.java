package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Picks a candidate on holdout windows, or none. Holdouts rarely hold rare events, so agreement alone cannot tell good
 * from bad there: the distance to FP32 and the clipping must fall, and among the candidates that pass the order of the
 * policy decides, not the smallest distance.
 */
public final class Gate {

    private final GatePolicy policy;

    public Gate(GatePolicy policy) {
        this.policy = policy;
    }

    /**
     * @param candidate the build that passed; empty for a refusal
     * @param because one sentence with the numbers
     */
    public record Decision(Optional<Digest> candidate, String because) {}

    /**
     * @param running summed score of the running build
     * @param candidates summed scores in the order of preference
     */
    public Decision decide(CandidateScore running, List<CandidateScore> candidates) {
        var reasons = new ArrayList<String>();
        for (var candidate : candidates) {
            var objection = objection(running, candidate);
            if (objection.isEmpty()) {
                return new Decision(Optional.of(candidate.build()), praise(running, candidate));
            }
            reasons.add(candidate.recipe() + ": " + objection.get());
        }
        return new Decision(
                Optional.empty(),
                reasons.isEmpty() ? "there is no candidate" : "no candidate is better: " + String.join("; ", reasons));
    }

    private Optional<String> objection(CandidateScore running, CandidateScore candidate) {
        if (candidate.windows() < policy.minWindows() || candidate.windows() != running.windows()) {
            return Optional.of(
                    text("scored on %d holdout windows, %d needed", candidate.windows(), policy.minWindows()));
        }
        var clipped = clippedShare(candidate.fidelity());
        if (clipped > policy.maxClipped()) {
            return Optional.of(text("clips %.3f of the windows, at most %.3f allowed", clipped, policy.maxClipped()));
        }
        var before = meanDelta(running);
        var after = meanDelta(candidate);
        if (after > before * policy.deltaRatio()) {
            return Optional.of(text(
                    "differs from FP32 by %.5f, the running build by %.5f, and at most %.2f of that is allowed",
                    after, before, policy.deltaRatio()));
        }
        return candidate.fidelity().classes().stream()
                .flatMap(one -> lostClass(one, running.fidelity()).stream())
                .findFirst();
    }

    private Optional<String> lostClass(ClassAgreement candidate, Fidelity running) {
        var before = running.classes().stream()
                .filter(one -> one.label().equals(candidate.label()))
                .findFirst();
        if (candidate.compared() < policy.minPerClass() || before.isEmpty()) {
            return Optional.empty();
        }
        var was = (double) before.get().agreed() / Math.max(1, before.get().compared());
        var is = (double) candidate.agreed() / candidate.compared();
        return is >= was - policy.agreementSlack()
                ? Optional.empty()
                : Optional.of(text("agrees on '%s' in %.4f, the running build in %.4f", candidate.label(), is, was));
    }

    private static String praise(CandidateScore running, CandidateScore candidate) {
        return text(
                "%s differs from FP32 by %.5f instead of %.5f, and its worst tensor clips %.1f %% of %d holdout windows instead of %.1f %%",
                candidate.recipe(),
                meanDelta(candidate),
                meanDelta(running),
                100 * worstClippedShare(candidate.fidelity()),
                candidate.windows(),
                100 * worstClippedShare(running.fidelity()));
    }

    static double meanDelta(CandidateScore score) {
        return score.windows() == 0
                ? Double.POSITIVE_INFINITY
                : score.fidelity().sumAbsoluteDelta() / score.windows();
    }

    /** An upper bound of the share of windows that leave any range: the sum over the tensors. */
    static double clippedShare(Fidelity fidelity) {
        return fidelity.clipping().stream().mapToDouble(Gate::share).sum();
    }

    private static double worstClippedShare(Fidelity fidelity) {
        return fidelity.clipping().stream().mapToDouble(Gate::share).max().orElse(0);
    }

    private static double share(TensorClipping clipping) {
        return clipping.windows() == 0 ? 1 : (double) clipping.clippedWindows() / clipping.windows();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
