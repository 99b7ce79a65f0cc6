package io.plumbline.rollout.judgement;

import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.rollout.policy.QualityGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds the candidate's health on one site against the policy and against the baseline on that site.
 *
 * <p>Everything that was counted since the site was told decides. A PASS needs agreement shown above the policy's floor by the 95 % interval, no
 * label below its own, clipping shown below the limit, and nothing of that shown otherwise by the newest window alone. A FAIL needs a breach that is proven, and proven to be better under the baseline, by confidence sequences: it may be
 * asked at every moment, and {@link QualityGate#alpha} is shared out over all rules and sites. Where the baseline was not compared on
 * the site, a breach is a FAIL only if it is larger than sites differ by, and a doubt otherwise: see {@link Yardstick}.
 */
final class SiteJudge {

    /** Fewer FP32 answers of a label than this are no evidence about the label. */
    static final long MIN_CLASS = BeforeBySite.LEAST;
    /** A label may lose this much against the baseline of the site before the loss alone, above the floor, is a FAIL. */
    static final double CLASS_LOSS_MARGIN = 0.10;

    private final SiteId site;
    private final QualityGate policy;
    private final BeforeBySite before;
    /** Of one rule, held against the baseline here or elsewhere; half of the policy's is for all of them. */
    private final double alpha;

    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private SiteJudge(SiteId site, QualityGate policy, BeforeBySite before, double alpha) {
        this.site = site;
        this.policy = policy;
        this.before = before;
        this.alpha = alpha;
    }

    /**
     * PASS, FAIL or CONTINUE for the site.
     *
     * @param rules of all sites
     */
    static Judgement judge(Trial candidate, BeforeBySite before, QualityGate policy, int rules) {
        var alpha = policy.alpha() / (2.0 * 2.0 * rules);
        var judge = new SiteJudge(candidate.site(), policy, before, alpha);
        var now = candidate.now().fidelity();
        judge.verdict(candidate.now().verdict());
        judge.agreement(candidate.counted(), now);
        candidate.counted().classes().forEach(label -> judge.classAgreement(label, now));
        candidate.counted().clipping().forEach(tensor -> judge.clipping(tensor, now));
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

    private void agreement(Fidelity counted, Fidelity now) {
        var share = agreed(counted);
        var floor = policy.minAgreement();
        note(share.asEvidence("agreement", "all", floor, share.lower() < floor));
        var yardstick = Yardstick.of(SiteJudge::agreed, site, before);
        var sentence = follows(share, "");
        if (share.trials() < policy.minCompared()) {
            doubts.add(site + " has compared " + share.trials() + " of " + policy.minCompared() + " inputs");
        } else if (share.lower() < floor) {
            doubts.add(sentence + yardstick.words() + ", not proven above " + percent(floor));
        } else if (agreed(now).upper() < floor) {
            doubts.add("of late " + follows(agreed(now), "") + ", below " + percent(floor));
        }
        if (enough(share) && yardstick.provesBelow(share, floor, alpha)) {
            losses.add(sentence + " only" + yardstick.words() + ", below " + percent(floor));
        }
    }

    private String follows(Proportion share, String ofWhat) {
        return site + " agrees with FP32 on " + share.words() + ofWhat;
    }

    private static Proportion agreed(Fidelity fidelity) {
        return new Proportion(fidelity.agreed(), fidelity.compared());
    }

    private void classAgreement(ClassAgreement label, Fidelity now) {
        if (label.compared() < MIN_CLASS) {
            return;
        }
        var share = new Proportion(label.agreed(), label.compared());
        var floor = policy.minClassAgreement();
        note(share.asEvidence("agreement", label.label(), floor, share.value() < floor));
        var yardstick = Yardstick.of(fidelity -> agreed(fidelity, label.label()), site, before);
        var ofLabel = " of '" + label.label() + "'";
        var sentence = follows(share, ofLabel);
        var late = agreed(now, label.label());
        if (share.value() < floor) {
            doubts.add(sentence + yardstick.words() + ", below " + percent(floor));
        } else if (late.upper() < floor) {
            doubts.add("of late " + follows(late, ofLabel) + ", below " + percent(floor));
        }
        if (yardstick.isHere() && yardstick.losesMoreThan(CLASS_LOSS_MARGIN, share, alpha)) {
            losses.add(sentence + yardstick.words());
        } else if (yardstick.provesBelow(share, floor, alpha)) {
            losses.add(sentence + " only" + yardstick.words() + ", below " + percent(floor));
        }
    }

    private static Proportion agreed(Fidelity fidelity, String label) {
        return fidelity.classes().stream()
                .filter(other -> other.label().equals(label))
                .map(other -> new Proportion(other.agreed(), other.compared()))
                .findFirst()
                .orElse(new Proportion(0, 0));
    }

    private void clipping(TensorClipping tensor, Fidelity now) {
        var late = now.clipping().stream()
                .filter(other -> other.tensor().equals(tensor.tensor()))
                .findFirst()
                .orElse(tensor);
        if (tensor.countsValues()) {
            clippedValues(tensor, late);
            return;
        }
        var share = new Proportion(tensor.clippedWindows(), tensor.windows());
        var lateShare = new Proportion(late.clippedWindows(), late.windows());
        var limit = policy.maxClippedShare();
        note(share.asEvidence("clipping", tensor.tensor(), limit, share.upper() > limit));
        var sentence = leaves(share, tensor);
        if (share.upper() > limit) {
            doubts.add(sentence + ", not proven below " + percent(limit));
        } else if (lateShare.lower() > limit) {
            doubts.add("of late " + leaves(lateShare, tensor) + ", more than " + percent(limit));
        }
        var yardstick = Yardstick.of(SiteJudge::unclipped, site, before);
        if (enough(share) && yardstick.provesBelow(share.others(), 1 - limit, alpha)) {
            losses.add(sentence + ", more than " + percent(limit) + " and more than under the baseline");
        }
    }

    private String leaves(Proportion share, TensorClipping tensor) {
        return share.words() + " of the windows on " + site + " leave the range of '" + tensor.tensor() + "'";
    }

    /** Too much is a doubt and never proof: the values of an image are not independent, and there are millions. */
    private void clippedValues(TensorClipping tensor, TensorClipping late) {
        var share = (double) tensor.clippedValues() / tensor.values();
        var lateShare = (double) late.clippedValues() / Math.max(1, late.values());
        var limit = policy.maxClippedShare();
        var over = share > limit;
        note(new Evidence("clipping", tensor.tensor(), share, share, share, limit, tensor.windows(), over));
        if (over || lateShare > limit) {
            doubts.add((over ? "" : "of late ") + percent(over ? share : lateShare) + " of the values on " + site
                    + " leave the range of '" + tensor.tensor() + "', more than " + percent(limit));
        }
    }

    /** The tensor that clips most: another build may have others. */
    private static Proportion unclipped(Fidelity fidelity) {
        return fidelity.clipping().stream()
                .filter(tensor -> !tensor.countsValues())
                .map(tensor -> new Proportion(tensor.windows() - tensor.clippedWindows(), tensor.windows()))
                .reduce((a, b) -> a.value() <= b.value() ? a : b)
                .orElse(new Proportion(0, 0));
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

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
