package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.rollout.policy.QualityGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds the candidate's health on one site against the policy and against the baseline.
 *
 * <p>A PASS needs agreement shown above the policy's floor by the 95 % interval, no label below its own, and clipping shown below
 * the limit. A FAIL needs a breach that is proven, and proven to be no better under the baseline, by confidence sequences: it
 * may be asked at every moment, and {@link QualityGate#alpha} is shared out over all rules and sites.
 */
final class SiteJudge {

    /** Fewer FP32 answers of a label than this are no evidence about the label. */
    static final long MIN_CLASS = 20;
    /** A label may lose this much against the baseline before the loss alone is a FAIL; sites differ by less. */
    static final double CLASS_LOSS_MARGIN = 0.10;

    private final SiteId site;
    private final QualityGate policy;
    private final Fidelity baseline;
    /** Of one rule; half of the policy's is for all of them. */
    private final double alpha;

    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private SiteJudge(SiteId site, QualityGate policy, Fidelity baseline, double alpha) {
        this.site = site;
        this.policy = policy;
        this.baseline = baseline;
        this.alpha = alpha;
    }

    /**
     * PASS, FAIL or CONTINUE for the site.
     *
     * @param rules of all sites
     */
    static Judgement judge(ModelHealth candidate, List<ModelHealth> baseline, QualityGate policy, int rules) {
        var before = baseline.stream().map(ModelHealth::fidelity).reduce(Fidelity.NONE, Fidelity::plus);
        var alpha = policy.alpha() / (2.0 * rules);
        var judge = new SiteJudge(candidate.cohort().site(), policy, before, alpha);
        judge.verdict(candidate.verdict());
        judge.agreement(candidate.fidelity());
        candidate.fidelity().classes().forEach(judge::classAgreement);
        candidate.fidelity().clipping().forEach(judge::clipping);
        return judge.sum();
    }

    private Judgement sum() {
        if (!losses.isEmpty()) {
            return new Judgement(Decision.FAIL, String.join("; ", losses), evidence);
        }
        if (!doubts.isEmpty()) {
            return new Judgement(Decision.CONTINUE, String.join("; ", doubts), evidence);
        }
        return new Judgement(Decision.PASS, site + " follows FP32", evidence);
    }

    private void verdict(Verdict verdict) {
        if (verdict == Verdict.RUNTIME_MISMATCH) {
            losses.add(site + " gives other answers than FP32 although its inputs did not move");
        } else if (verdict == Verdict.CALIBRATION_STALE) {
            doubts.add(site + " already finds the candidate's calibration stale");
        }
    }

    private void agreement(Fidelity fidelity) {
        var share = new Proportion(fidelity.agreed(), fidelity.compared());
        var floor = policy.minAgreement();
        note(share.asEvidence("agreement", "all", floor, share.lower() < floor));
        if (share.trials() < policy.minCompared()) {
            doubts.add(site + " has compared " + share.trials() + " of " + policy.minCompared() + " inputs");
        } else if (share.lower() < floor) {
            doubts.add(site + " agrees with FP32 on " + range(share) + ", not proven above " + percent(floor));
        }
        var before = new Proportion(baseline.agreed(), baseline.compared());
        if (enough(share) && share.always(alpha).upper() < floor && notBetterThan(share, before)) {
            losses.add(site + " agrees with FP32 on " + range(share) + " only, below " + percent(floor));
        }
    }

    private void classAgreement(ClassAgreement label) {
        if (label.compared() < MIN_CLASS) {
            return;
        }
        var share = new Proportion(label.agreed(), label.compared());
        var floor = policy.minClassAgreement();
        note(share.asEvidence("agreement", label.label(), floor, share.value() < floor));
        var sentence = site + " agrees with FP32 on " + range(share) + " of '" + label.label() + "'";
        if (share.value() < floor) {
            doubts.add(sentence + ", below " + percent(floor));
        }
        var before = baseline.classes().stream()
                .filter(other -> other.label().equals(label.label()) && other.compared() >= MIN_CLASS)
                .map(other -> new Proportion(other.agreed(), other.compared()))
                .findFirst()
                .orElse(new Proportion(0, 0));
        if (share.upperOfDifference(before, alpha) < -CLASS_LOSS_MARGIN) {
            losses.add(sentence + ", the baseline on " + range(before));
        } else if (share.always(alpha).upper() < floor && notBetterThan(share, before)) {
            losses.add(sentence + " only, below " + percent(floor));
        }
    }

    private void clipping(TensorClipping tensor) {
        if (tensor.countsValues()) {
            clippedValues(tensor);
            return;
        }
        var share = new Proportion(tensor.clippedWindows(), tensor.windows());
        var limit = policy.maxClippedShare();
        note(share.asEvidence("clipping", tensor.tensor(), limit, share.upper() > limit));
        var sentence = range(share) + " of the windows on " + site + " leave the range of '" + tensor.tensor() + "'";
        if (share.upper() > limit) {
            doubts.add(sentence + ", not proven below " + percent(limit));
        }
        if (enough(share) && share.always(alpha).lower() > limit && clipsNoLess(share)) {
            losses.add(sentence + ", more than " + percent(limit) + " and more than under the baseline");
        }
    }

    /** Too much is a doubt and never proof: the values of an image are not independent, and there are millions. */
    private void clippedValues(TensorClipping tensor) {
        var share = (double) tensor.clippedValues() / tensor.values();
        var limit = policy.maxClippedShare();
        var over = share > limit;
        note(new Evidence("clipping", tensor.tensor(), share, share, share, limit, tensor.windows(), over));
        if (over) {
            doubts.add(percent(share) + " of the values on " + site + " leave the range of '" + tensor.tensor()
                    + "', more than " + percent(limit));
        }
    }

    /** Without a baseline a proven breach stands: what cannot be compared is not excused. */
    private boolean notBetterThan(Proportion share, Proportion before) {
        return before.trials() == 0 || share.upperOfDifference(before, alpha) < 0;
    }

    private boolean clipsNoLess(Proportion share) {
        var before = baseline.clipping().stream()
                .filter(tensor -> !tensor.countsValues())
                .map(tensor -> new Proportion(tensor.clippedWindows(), tensor.windows()))
                .reduce((a, b) -> a.value() >= b.value() ? a : b)
                .orElse(new Proportion(0, 0));
        return before.trials() == 0 || before.upperOfDifference(share, alpha) < 0;
    }

    private boolean enough(Proportion share) {
        return share.trials() >= Math.min(policy.minCompared(), MIN_CLASS * 5);
    }

    private void note(Evidence fact) {
        evidence.add(new Evidence(
                fact.measure(),
                fact.subject() + " @ " + site,
                fact.value(),
                fact.lower(),
                fact.upper(),
                fact.threshold(),
                fact.samples(),
                fact.breached()));
    }

    private static String range(Proportion share) {
        return percent(share.value()) + " (" + share.hits() + " of " + share.trials() + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
