package io.plumbline.drift;

import io.plumbline.contract.message.Verdict;

/** The rules of {@link VerdictRules}, in the order in which they apply; the first that does decides. */
public enum Rule {
    SENSOR_BROKEN(
            Verdict.SENSOR_FAULT,
            "a sensor is broken, and without what its readings can account for nothing serious is left"),
    TOO_LITTLE_COMPARED(Verdict.INSUFFICIENT, "fewer inputs were compared with FP32 than a verdict needs"),
    BEYOND_MENDING(
            Verdict.CONCEPT_DRIFT,
            "by labels, accuracy would surely be below its floor even if INT8 followed FP32 everywhere"),
    CLIPS_UNPROVEN(
            Verdict.CALIBRATION_STALE,
            "the share of inputs that clip is surely above its floor, and INT8 is not shown to follow FP32 on every class"),
    CLIPS_AND_LEAVES(
            Verdict.CALIBRATION_STALE,
            "INT8 surely leaves FP32 on a class, and at least as many inputs clip as the two differ on"),
    LEAVES(Verdict.RUNTIME_MISMATCH, "INT8 surely leaves FP32 on a class, and clipping cannot account for it"),
    WRONG_WITH_FP32(
            Verdict.CONCEPT_DRIFT,
            "accuracy, by labels or by what confidence promises, is surely below its floor, and FP32 is wrong with it"),
    WRONG_FOR_UNKNOWN_REASON(
            Verdict.INSUFFICIENT, "accuracy is surely below its floor, and whether FP32 shares that is not shown"),
    INPUTS_MOVED(Verdict.DATA_DRIFT, "a feature moved from its reference by more than chance and the floor allow"),
    CLIPS_BUT_FOLLOWS(Verdict.DATA_DRIFT, "inputs clip, and INT8 is shown to follow FP32 on every class"),
    INPUTS_UNKNOWN(Verdict.INSUFFICIENT, "whether the inputs moved cannot be evaluated"),
    NOTHING_AMISS(Verdict.STABLE, "nothing is shown that the rules before it look for");

    private final Verdict verdict;
    private final String words;

    Rule(Verdict verdict, String words) {
        this.verdict = verdict;
        this.words = words;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** When it applies, for a sentence. */
    public String words() {
        return words;
    }
}
