package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.drift.chance.Proportion;
import java.util.ArrayList;
import java.util.List;

/**
 * How often INT8 is right, over all labels and for each true label apart.
 *
 * @param labels one entry per true or predicted label; empty where nobody labels
 */
record AccuracyFacts(List<LabelScore> labels, VerdictPolicy policy) {

    AccuracyFacts {
        labels = List.copyOf(labels);
    }

    /** Whether there are labels enough to say anything. */
    boolean evaluable() {
        return all().labelled() >= policy.minClass();
    }

    /** Whether the accuracy, over all or on one true label, is surely below the floor. */
    boolean fell() {
        return low(all()) || labels.stream().anyMatch(this::low);
    }

    /**
     * Whether the fall is FP32's as well, so that no calibration can mend it: INT8 surely follows FP32 on the label that
     * fell, or it surely errs more often than it differs from FP32.
     */
    boolean isShared(AgreementFacts agreement) {
        var errors = new Proportion(all().labelled() - all().correct(), all().labelled());
        var beyondDisagreement = errors.interval(policy.alarmConfidence()).lower()
                > agreement.disagreement().interval(policy.alarmConfidence()).upper();
        return beyondDisagreement || labels.stream().anyMatch(l -> low(l) && agreement.followsOn(l.label()));
    }

    /**
     * Whether the accuracy, over all or on one true label, would surely be below the floor even if INT8 followed FP32 everywhere: no
     * more errors than the two differ on can be those of INT8 alone. With the shares e of errors and d of disagreements, and k answers
     * for each of the label, whose disagreements may all be of it, the lower end of e - kd is that of Newcombe's hybrid of two Wilson
     * intervals,
     *
     * <pre>e - kd - &radic;((e - e<sub>lower</sub>)&sup2; + k&sup2; (d<sub>upper</sub> - d)&sup2;)</pre>
     *
     * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">Newcombe 1998</a>, method 10
     */
    boolean isBeyondMending(AgreementFacts agreement) {
        return remains(all(), agreement.disagreement())
                || labels.stream().anyMatch(l -> remains(l, agreement.disagreement()));
    }

    private boolean remains(LabelScore score, Proportion disagreement) {
        if (score.labelled() < policy.minClass()) {
            return false;
        }
        var errors = new Proportion(score.labelled() - score.correct(), score.labelled());
        var each = (double) all().labelled() / score.labelled();
        var down = errors.share() - errors.interval(policy.alarmConfidence()).lower();
        var up = disagreement.interval(policy.alarmConfidence()).upper() - disagreement.share();
        return errors.share() - each * disagreement.share() - StrictMath.hypot(down, each * up)
                > 1 - policy.accuracyFloor();
    }

    List<Evidence> evidence() {
        if (labels.isEmpty()) {
            return List.of();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(evidence(all()));
        labels.stream().filter(l -> l.labelled() > 0).forEach(l -> evidence.add(evidence(l)));
        return evidence;
    }

    /** For a sentence: "label 'event' found on 31.0 % of 45". */
    String inWords() {
        return labels.stream()
                .filter(this::low)
                .findFirst()
                .map(l -> "label '" + l.label() + "' is found on "
                        + Words.percent(recall(l).share()) + " of " + l.labelled())
                .orElse("INT8 is right on " + Words.percent(recall(all()).share()) + " of " + all().labelled());
    }

    private LabelScore all() {
        return labels.stream()
                .reduce(
                        new LabelScore("all", 0, 0, 0),
                        (sum, l) -> new LabelScore(
                                "all",
                                sum.labelled() + l.labelled(),
                                sum.correct() + l.correct(),
                                sum.predicted() + l.predicted()));
    }

    private boolean low(LabelScore score) {
        return score.labelled() >= policy.minClass()
                && recall(score).interval(policy.alarmConfidence()).upper() < policy.accuracyFloor();
    }

    private static Proportion recall(LabelScore score) {
        return new Proportion(score.correct(), score.labelled());
    }

    private Evidence evidence(LabelScore score) {
        return Words.evidence(
                "accuracy", score.label(), recall(score), policy.alarmConfidence(), policy.accuracyFloor(), low(score));
    }
}
