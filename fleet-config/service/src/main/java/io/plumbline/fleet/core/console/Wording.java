package io.plumbline.fleet.core.console;

import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import java.util.Locale;

/** What verdicts, stages and alerts are called, what they mean, and what is to be done. Pure. */
public final class Wording {

    private Wording() {}

    public static String name(Verdict verdict) {
        return verdict == Verdict.INSUFFICIENT ? "not enough data" : spaced(verdict);
    }

    public static String name(RolloutStage stage) {
        return switch (stage) {
            case WAVE -> "waves";
            case ABORTED -> "ended";
            default -> spaced(stage);
        };
    }

    public static String name(AlertKind kind) {
        return switch (kind) {
            case ROLLOUT_PAUSED -> "rollout waits for a person";
            case FLEET_SILENT -> "most gateways silent";
            default -> spaced(kind);
        };
    }

    public static String name(AlertSeverity severity) {
        return spaced(severity);
    }

    public static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case CALIBRATION_STALE, RUNTIME_MISMATCH, CONCEPT_DRIFT -> Tone.BAD;
            case SENSOR_FAULT -> Tone.WARN;
            case DATA_DRIFT -> Tone.NEWS;
            case INSUFFICIENT -> Tone.PLAIN;
            case STABLE -> Tone.GOOD;
        };
    }

    public static Tone tone(RolloutStage stage) {
        return switch (stage) {
            case READY, ABORTED -> Tone.PLAIN;
            case CANARY, WAVE -> Tone.NEWS;
            case PAUSED -> Tone.WARN;
            case ROLLING_BACK, ROLLED_BACK -> Tone.BAD;
            case COMPLETED -> Tone.GOOD;
        };
    }

    public static Tone tone(AlertSeverity severity) {
        return switch (severity) {
            case CRITICAL -> Tone.BAD;
            case WARNING -> Tone.WARN;
            case INFO -> Tone.NEWS;
        };
    }

    /** One sentence, for when nothing more exact has been said. */
    public static String meaning(Verdict verdict) {
        return switch (verdict) {
            case CALIBRATION_STALE -> "INT8 leaves FP32 because the inputs moved out of the calibrated ranges.";
            case RUNTIME_MISMATCH -> "INT8 leaves FP32 although the inputs did not move.";
            case CONCEPT_DRIFT -> "INT8 follows FP32, but the answers got worse.";
            case SENSOR_FAULT -> "A device is stuck, saturated or dead.";
            case DATA_DRIFT -> "The inputs moved; INT8 still follows FP32 and the answers hold.";
            case INSUFFICIENT -> "Too little has been seen to say anything.";
            case STABLE -> "INT8 follows FP32 and the inputs are as they were calibrated.";
        };
    }

    /** What is to be done, and by whom. */
    public static String advice(Verdict verdict) {
        return switch (verdict) {
            case CALIBRATION_STALE ->
                "Recalibrating helps. Plumbline asks for it by itself; watch its outcome and the rollout that follows.";
            case RUNTIME_MISMATCH ->
                "Recalibrating does not help. Take this build back on the gateways of this site, and look at their runtime and processors.";
            case CONCEPT_DRIFT -> "Recalibrating does not help. The FP32 model needs training on newer data.";
            case SENSOR_FAULT -> "The model is not to blame. Look at the devices; they are left out of the statistics.";
            case DATA_DRIFT -> "Nothing has to be done now. Keep an eye on the accuracy.";
            case INSUFFICIENT -> "Wait for more readings. If none come, look at the gateways of this site.";
            case STABLE -> "Nothing has to be done.";
        };
    }

    /** The higher, the sooner a person should look. */
    public static int urgency(Verdict verdict) {
        return switch (verdict) {
            case RUNTIME_MISMATCH -> 6;
            case CONCEPT_DRIFT -> 5;
            case CALIBRATION_STALE -> 4;
            case SENSOR_FAULT -> 3;
            case DATA_DRIFT -> 2;
            case INSUFFICIENT -> 1;
            case STABLE -> 0;
        };
    }

    private static String spaced(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
