package io.plumbline.rollout.judgement;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.drift.sequential.Confidence;
import io.plumbline.drift.sequential.ConfidenceSequence;
import io.plumbline.drift.sequential.Moments;
import io.plumbline.drift.sequential.NonInferiority;
import io.plumbline.drift.sequential.NonInferiority.Outcome;
import io.plumbline.rollout.evidence.DeviceState;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.policy.QualityGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the candidate loses: its agreement with FP32 less the baseline's, by confidence sequences, so that it may be looked at
 * at every moment. Four comparisons, each with a part of alpha that does not depend on the data:
 *
 * <ul>
 *   <li>with the gateways that run the baseline, site by site, weighted as the candidate's inputs are;
 *   <li>in rehearsals, on the same inputs; only how many each got right is known, so it is taken that never both erred together, which is the
 *       largest the variance can be. Where a gateway refused the candidate the others are a choice, and can prove a loss only;
 *   <li>where both builds were compared with FP32 on no site, with FP32 itself, which can prove a loss only where nobody compared the
 *       baseline anywhere, and
 *   <li>with the baseline on other sites: together with too little agreement that can prove a loss, never that there is none.
 * </ul>
 *
 * The last two prove a loss only beyond what sites differ by: an identical build looks worse on a harder site.
 */
final class LossJudge {

    /** Where a sequence is to be tightest: about what a wave compares. */
    private static final long TIGHTEST_AT = 2000;
    /** Half of alpha is for the rules of the sites. */
    private static final double PARTS = 2 * 4;

    private final QualityGate gate;
    private final ConfidenceSequence sequence;
    private final List<Evidence> facts = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private String words = "";

    private LossJudge(QualityGate gate) {
        this.gate = gate;
        this.sequence = new ConfidenceSequence(gate.alpha() / PARTS, TIGHTEST_AT);
    }

    static Judgement judge(List<Trial> candidate, BeforeBySite before, DeviceTally tally, QualityGate gate) {
        var judge = new LossJudge(gate);
        if (tally.rehearsals().inputs() > 0) {
            judge.rehearsed(tally.rehearsals(), tally.count(DeviceState.REJECTED) > 0);
        }
        judge.besideBaseline(candidate, before);
        return judge.sum();
    }

    private Judgement sum() {
        if (outcomes.contains(Outcome.FAIL)) {
            return new Judgement(Decision.FAIL, words, facts);
        }
        var proven = outcomes.contains(Outcome.PASS);
        return new Judgement(proven ? Decision.PASS : Decision.CONTINUE, words, facts);
    }

    private void rehearsed(RehearsalScore score, boolean chosen) {
        var worse = score.inputs() - score.candidate();
        var better = score.inputs() - score.running();
        var pairs = new Moments(
                score.inputs(),
                (double) (better - worse) / score.inputs(),
                Math.min(score.inputs(), better + worse) - StrictMath.pow(better - worse, 2) / score.inputs());
        var difference = sequence.of(pairs);
        note(
                "the baseline, rehearsed",
                chosen ? provesLossOnly(difference) : difference,
                pairs.mean(),
                score.inputs(),
                gate.maxLoss());
    }

    private void besideBaseline(List<Trial> candidate, BeforeBySite before) {
        var matched = candidate.stream().filter(before::matches).toList();
        if (matched.isEmpty()) {
            besideReference(sum(candidate), before.everywhere());
            elsewhere(sum(candidate), before.everywhere());
            return;
        }
        var own = moments(sum(matched));
        var arm = weighted(matched, before);
        note(
                "the baseline",
                sequence.difference(arm, own),
                own.mean() - arm.mean(),
                Math.min(own.count(), arm.count()),
                gate.maxLoss());
    }

    private void besideReference(Fidelity own, Fidelity baseline) {
        var pairs = Moments.ofPairs(0, own.compared() - own.agreed(), own.compared());
        var difference = sequence.of(pairs);
        var margin = 1 - gate.minAgreement();
        var outcome = outcome(difference, margin);
        var proven = outcome(difference, margin + BeforeBySite.SITES_DIFFER) == Outcome.FAIL;
        var alone = baseline.compared() < BeforeBySite.LEAST;
        var told = outcome != Outcome.FAIL || (alone && proven) ? outcome : Outcome.CONTINUE;
        note("FP32", difference, pairs.mean(), own.compared(), margin, told);
    }

    /** The difference may be that of the sites. */
    private void elsewhere(Fidelity candidate, Fidelity baseline) {
        var own = moments(candidate);
        var arm = moments(baseline);
        if (arm.count() >= BeforeBySite.LEAST
                && own.count() >= BeforeBySite.LEAST
                && own.mean() < gate.minAgreement()) {
            var difference = provesLossOnly(sequence.difference(arm, own));
            var margin = Math.max(gate.maxLoss(), BeforeBySite.SITES_DIFFER);
            note("the baseline, elsewhere", difference, own.mean() - arm.mean(), own.count(), margin);
        }
    }

    private static Confidence provesLossOnly(Confidence difference) {
        return new Confidence(-1, difference.upper());
    }

    /** The baseline as it would be with the candidate's inputs per site. */
    private static Moments weighted(List<Trial> candidate, BeforeBySite before) {
        var all = candidate.stream()
                .mapToLong(trial -> trial.counted().compared())
                .sum();
        var count = 0L;
        var mean = 0.0;
        var variance = 0.0;
        for (var trial : candidate) {
            var weight = (double) trial.counted().compared() / all;
            var arm = before.at(trial.site());
            var share = (arm.agreed() + 0.5) / (arm.compared() + 1);
            count += arm.compared();
            mean += weight * arm.agreed() / arm.compared();
            variance += weight * weight * share * (1 - share) / arm.compared();
        }
        return new Moments(count, mean, variance * count * count);
    }

    private static Outcome outcome(Confidence difference, double margin) {
        return new NonInferiority(margin, false).judge(difference);
    }

    private void note(String against, Confidence difference, double value, long samples, double margin) {
        note(against, difference, value, samples, margin, outcome(difference, margin));
    }

    private void note(
            String against, Confidence difference, double value, long samples, double margin, Outcome outcome) {
        outcomes.add(outcome);
        facts.add(new Evidence(
                "loss",
                "against " + against,
                -value,
                clamp(-difference.upper()),
                clamp(-difference.lower()),
                margin,
                samples,
                outcome == Outcome.FAIL));
        if (outcome != Outcome.PASS) {
            var loss = points(clamp(-difference.upper())) + " to " + points(clamp(-difference.lower()));
            var sentence = outcome == Outcome.FAIL
                    ? "it loses " + loss + " points of agreement against " + against + ", more than " + points(margin)
                    : "a loss of more than " + points(margin) + " points against " + against
                            + " is neither shown nor excluded: " + loss + " after " + samples + " inputs";
            words = words.isEmpty() ? sentence : words + "; " + sentence;
        }
    }

    private static Fidelity sum(List<Trial> trials) {
        return trials.stream().map(Trial::counted).reduce(Fidelity.NONE, Fidelity::plus);
    }

    private static Moments moments(Fidelity fidelity) {
        return Moments.ofHits(fidelity.agreed(), fidelity.compared());
    }

    private static double clamp(double value) {
        return Math.max(-1, Math.min(1, value));
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
