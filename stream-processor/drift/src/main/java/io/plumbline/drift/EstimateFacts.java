package io.plumbline.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.drift.chance.Dispersion;
import io.plumbline.drift.chance.Interval;
import io.plumbline.drift.confidence.Calibration;
import io.plumbline.drift.confidence.EstimatedAccuracy;
import io.plumbline.drift.confidence.LabelledScores;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.List;
import java.util.Optional;

/**
 * How often INT8 is right as far as its confidence tells, calibrated on the answers of the build that were labelled before.
 * Without as many of those, or as many answers in the horizon, as the policy asks for it is not evaluable; neither is it where the
 * labelled ones are of too few moments to say how much they depend on each other.
 *
 * @param estimate of the horizon and what is known from before it; empty where it is not evaluable
 * @param now of the horizon alone, as if answers did not follow each other
 * @param usual accuracy on the labelled answers
 */
record EstimateFacts(
        Optional<EstimatedAccuracy> estimate, Optional<EstimatedAccuracy> now, double usual, VerdictPolicy policy) {

    static EstimateFacts of(HorizonWindows windows, Optional<LabelledScores> labelled, VerdictPolicy policy) {
        var known = labelled.filter(l -> l.answers().total() >= policy.minCompared())
                .filter(l -> l.dispersion().isPresent());
        var calibration = known.map(Calibration::of);
        var now = calibration
                .map(c -> EstimatedAccuracy.of(windows.sum().answers(), 1, c))
                .filter(e -> e.count() >= policy.minCompared());
        var all = now.flatMap(e -> calibration)
                .map(c -> EstimatedAccuracy.of(windows.allAnswers(), Dispersion.likely(windows.answers()), c));
        return new EstimateFacts(all, now, known.map(LabelledScores::share).orElse(0.0), policy);
    }

    /**
     * Whether the accuracy is surely below the floor, or below the usual one by more than the policy lets it fall, and has not risen again
     * since.
     */
    boolean fell() {
        return estimate.filter(e -> interval(e).upper() < threshold()).isPresent()
                && now.filter(e -> e.share() < threshold()).isPresent();
    }

    /** Whether more errors are to be expected than INT8 differs from FP32, so that FP32 errs too. */
    boolean isShared(AgreementFacts agreement) {
        return estimate.filter(e -> 1 - interval(e).upper()
                        > agreement
                                .disagreement()
                                .interval(policy.alarmConfidence())
                                .upper())
                .isPresent();
    }

    List<Evidence> evidence() {
        var fact = estimate.map(e -> new Evidence(
                        VerdictRules.ESTIMATED_ACCURACY,
                        "all",
                        e.share(),
                        interval(e).lower(),
                        interval(e).upper(),
                        threshold(),
                        e.count(),
                        fell()))
                .orElseGet(() -> new Evidence(
                        VerdictRules.ESTIMATED_ACCURACY, "all", 0, 0, 1, policy.accuracyFloor(), 0, false));
        return List.of(fact);
    }

    /** For a sentence: "its confidence promises 96.0 % right answers (95.1 % to 96.9 %), usual are 97.0 %". */
    String inWords() {
        return estimate.map(e -> "its confidence promises " + Words.percent(e.share()) + " right answers ("
                        + Words.percent(interval(e).lower()) + " to "
                        + Words.percent(interval(e).upper())
                        + "), usual are " + Words.percent(usual))
                .orElse("whether its accuracy holds is not known without labels");
    }

    private double threshold() {
        return Math.max(policy.accuracyFloor(), usual - policy.accuracyFall());
    }

    private Interval interval(EstimatedAccuracy e) {
        return e.expectation(policy.alarmConfidence(), policy.confidence());
    }
}
