package io.plumbline.drift;

import io.plumbline.contract.wire.Require;

/**
 * What the facts are held against. All floors are shares in [0, 1] except that of PSI.
 *
 * @param clipFloor inputs move outside the calibrated ranges when more than this share of them clips
 * @param agreementFloor INT8 follows FP32 on a class when it gives its answer on at least this share
 * @param psiFloor least population stability index that matters, at least 0
 * @param accuracyFloor accuracy, over all labels and of each, that a working model has
 * @param accuracyFall by how much the accuracy that confidence promises may be below the usual one
 * @param minCompared inputs that both models must have run on before anything is said
 * @param minClass inputs of a class below which nothing is said about that class
 * @param confidence of the intervals of clipping and agreement, in (0, 1)
 * @param alarmConfidence that inputs moved, or accuracy fell, in (0, 1): a cohort is looked at hundreds of times a day
 * @param minFaults faulty readings of one feature of a device from which its sensor counts as broken
 * @param minFaultWindows windows, flat or silent, from which it does
 */
public record VerdictPolicy(
        double clipFloor,
        double agreementFloor,
        double psiFloor,
        double accuracyFloor,
        double accuracyFall,
        long minCompared,
        long minClass,
        double confidence,
        double alarmConfidence,
        long minFaults,
        long minFaultWindows) {

    public static final VerdictPolicy DEFAULT =
            new VerdictPolicy(0.25, 0.75, 0.25, 0.75, 0.1, 150, 20, 0.95, 0.9999, 20, 3);

    /** @throws IllegalArgumentException that names the first value out of range */
    public VerdictPolicy {
        Require.ratio("clipFloor", clipFloor);
        Require.ratio("agreementFloor", agreementFloor);
        Require.that(psiFloor >= 0 && Double.isFinite(psiFloor), "psiFloor " + psiFloor + " must not be negative");
        Require.ratio("accuracyFloor", accuracyFloor);
        Require.ratio("accuracyFall", accuracyFall);
        Require.that(minCompared >= 1, "minCompared " + minCompared + " must be at least 1");
        Require.that(minClass >= 1, "minClass " + minClass + " must be at least 1");
        Require.that(confidence > 0 && confidence < 1, "confidence " + confidence + " must be between 0 and 1");
        Require.that(
                alarmConfidence > 0 && alarmConfidence < 1,
                "alarmConfidence " + alarmConfidence + " must be between 0 and 1");
        Require.that(minFaults >= 1, "minFaults " + minFaults + " must be at least 1");
        Require.that(minFaultWindows >= 1, "minFaultWindows " + minFaultWindows + " must be at least 1");
    }
}
