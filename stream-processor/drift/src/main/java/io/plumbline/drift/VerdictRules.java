package io.plumbline.drift;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Verdict;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From merged statistics to one verdict. The first rule that applies decides:
 *
 * <ol>
 *   <li>SENSOR_FAULT: a sensor is broken, and without what its readings can account for none of CALIBRATION_STALE,
 *       RUNTIME_MISMATCH and CONCEPT_DRIFT would be said. Otherwise that verdict is, and names the sensor beside it.
 *   <li>INSUFFICIENT: fewer inputs compared with FP32 than the policy asks for.
 *   <li>CONCEPT_DRIFT: labels show that accuracy would surely be below its floor even if INT8 followed FP32 everywhere, so that no
 *       calibration can mend it, whatever clips.
 *   <li>CALIBRATION_STALE: the share of inputs that clip is surely above its floor, and INT8 is <em>not shown</em> to follow
 *       FP32. Shown means: every answer the model can give was compared often enough, and its agreement is surely at or
 *       above the floor. A class with too few samples is not safe, it is unevaluable; so is every class as long as the
 *       model's answers are not known. Overall agreement decides nothing here: with 92 % of windows clipped it can read
 *       0.994 while one event in four is still seen.
 *   <li>CALIBRATION_STALE: INT8 surely leaves FP32 on a class, and at least as many inputs clip as the two differ on, so
 *       that clipping accounts for it, however rare both are.
 *   <li>RUNTIME_MISMATCH: INT8 surely leaves FP32 on a class, and clipping cannot account for it.
 *   <li>CONCEPT_DRIFT: accuracy, over all labels or on one, is surely below its floor, and FP32 is shown to share that. Where
 *       that is not shown, INSUFFICIENT. Without labels in the horizon the accuracy that INT8's confidence promises takes their
 *       place, looked at for longer than the horizon, where the build has answers that were labelled before; labels decide where there are any.
 *   <li>DATA_DRIFT: a feature moved from its reference, or inputs clip while INT8 is shown to follow on every class.
 *   <li>INSUFFICIENT: whether the inputs moved cannot be evaluated.
 *   <li>STABLE.
 * </ol>
 *
 * "Surely" is the near end of a Wilson interval. Thread-safe: pure functions.
 */
public final class VerdictRules {

    /** The measure of the accuracy that confidence promises. */
    public static final String ESTIMATED_ACCURACY = "estimated-accuracy";

    /** What a broken sensor must not hide. */
    private static final Set<Verdict> SERIOUS =
            EnumSet.of(Verdict.CALIBRATION_STALE, Verdict.RUNTIME_MISMATCH, Verdict.CONCEPT_DRIFT);

    private final AgreementFacts agreement;
    private final ClippingFacts clipping;
    private final AccuracyFacts accuracy;
    private final EstimateFacts estimate;
    private final InputFacts inputs;
    private final FaultFacts faults;
    private final VerdictPolicy policy;

    private VerdictRules(
            HorizonWindows windows,
            Truth truth,
            FaultFacts faults,
            Optional<Reference> reference,
            VerdictPolicy policy) {
        var stats = windows.sum();
        this.agreement = AgreementFacts.of(stats.fidelity(), reference, policy);
        this.clipping = ClippingFacts.of(stats.fidelity().clipping(), policy);
        this.accuracy = new AccuracyFacts(truth.labels(), policy);
        this.estimate = EstimateFacts.of(windows, truth.scores(), policy);
        this.inputs = InputFacts.of(stats.features(), windows.each(), reference, policy);
        this.faults = faults;
        this.policy = policy;
    }

    /**
     * Judges one horizon of one build on one site.
     *
     * @param windows its statistics
     * @param truth what labels say
     * @param reference what the build's package says; empty when it could not be had, which makes what needs it unevaluable
     */
    public static Judgement judge(
            HorizonWindows windows, Truth truth, Optional<Reference> reference, VerdictPolicy policy) {
        var stats = windows.sum();
        var faults = FaultFacts.of(stats, reference, policy);
        if (!faults.any()) {
            return new VerdictRules(windows, truth, faults, reference, policy).judge();
        }
        var without = new WithoutFaults(stats, faults.shown());
        var rest = without.of(windows, reference);
        return new VerdictRules(rest, without.truth(truth), faults, reference, policy).judgeBesideFaults();
    }

    private Judgement judgeBesideFaults() {
        var rest = judge();
        return SERIOUS.contains(rest.verdict())
                ? say(rest.rule(), rest.because() + "; beside it, " + faults.inWords())
                : say(Rule.SENSOR_BROKEN, faults.inWords() + "; without that: " + rest.because());
    }

    private Judgement judge() {
        if (agreement.fidelity().compared() < policy.minCompared()) {
            return say(
                    Rule.TOO_LITTLE_COMPARED,
                    "only " + agreement.fidelity().compared() + " inputs were compared with FP32; a verdict needs "
                            + policy.minCompared());
        }
        if (accuracy.isBeyondMending(agreement)) {
            return say(
                    Rule.BEYOND_MENDING,
                    accuracy.inWords() + ", and would be too rarely even if INT8 followed FP32 everywhere");
        }
        return fidelity().or(this::truth).orElseGet(this::drift);
    }

    private Optional<Judgement> fidelity() {
        if (clipping.shown() && !agreement.followsOnEveryClass()) {
            return Optional.of(say(
                    Rule.CLIPS_UNPROVEN,
                    clipping.inWords() + ", and INT8 is not shown to follow FP32: " + agreement.doubtInWords()));
        }
        var left = agreement.left();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        var words = "INT8 leaves FP32: " + agreement.inWords(left.get(0));
        return Optional.of(
                clipping.accountsFor(disagreements(left))
                        ? say(Rule.CLIPS_AND_LEAVES, words + ", and " + clipping.inWords())
                        : say(Rule.LEAVES, words + ", while too few inputs clip to explain it"));
    }

    private Optional<Judgement> truth() {
        if (!accuracy.evaluable()) {
            return promise();
        }
        if (!accuracy.fell()) {
            return Optional.empty();
        }
        return Optional.of(
                accuracy.isShared(agreement)
                        ? say(Rule.WRONG_WITH_FP32, accuracy.inWords() + ", and FP32 is wrong with it")
                        : say(
                                Rule.WRONG_FOR_UNKNOWN_REASON,
                                accuracy.inWords() + "; whether FP32 is wrong too is not shown yet"));
    }

    /** What confidence says where labels do not. */
    private Optional<Judgement> promise() {
        if (!estimate.fell()) {
            return Optional.empty();
        }
        return Optional.of(
                estimate.isShared(agreement)
                        ? say(Rule.WRONG_WITH_FP32, estimate.inWords() + ", and INT8 follows FP32")
                        : say(
                                Rule.WRONG_FOR_UNKNOWN_REASON,
                                estimate.inWords() + "; whether FP32 is wrong too is not shown yet"));
    }

    private Judgement drift() {
        if (!inputs.moved().isEmpty()) {
            return say(
                    Rule.INPUTS_MOVED,
                    "inputs moved from the reference: " + inputs.inWords() + "; INT8 follows FP32, and "
                            + whetherRight());
        }
        if (clipping.shown()) {
            return say(Rule.CLIPS_BUT_FOLLOWS, clipping.inWords() + ", and INT8 still follows FP32 on every class");
        }
        if (!inputs.evaluable()) {
            return say(
                    Rule.INPUTS_UNKNOWN,
                    "INT8 follows FP32, but whether inputs moved cannot be evaluated without the build's reference profile");
        }
        return say(Rule.NOTHING_AMISS, "INT8 follows FP32 and inputs are where the reference has them");
    }

    private String whetherRight() {
        return accuracy.evaluable() ? accuracy.inWords() : estimate.inWords();
    }

    private Judgement say(Rule rule, String because) {
        List<Evidence> evidence = new ArrayList<>(faults.evidence());
        evidence.addAll(clipping.evidence());
        evidence.addAll(agreement.evidence(clipping.shown()));
        evidence.addAll(inputs.evidence());
        evidence.addAll(accuracy.evidence());
        evidence.addAll(estimate.evidence());
        return new Judgement(rule, because, evidence, inputs.histograms());
    }

    private static long disagreements(List<ClassAgreement> classes) {
        return classes.stream().mapToLong(c -> c.compared() - c.agreed()).sum();
    }
}
