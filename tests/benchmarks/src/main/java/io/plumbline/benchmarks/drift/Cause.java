package io.plumbline.benchmarks.drift;

import io.plumbline.contract.message.Verdict;

/**
 * What happens to a site from one moment on, and the verdict that names it.
 *
 * @param shift of the means, in standard deviations
 * @param stretch factor of the deviations from the mean
 * @param features how many of the two it happens to
 * @param onsetHours over which it comes; 0 for at once
 * @param size of what is no change of inputs: share of answers that become wrong, or how many times as frequent events are
 */
record Cause(Kind kind, double shift, double stretch, int features, double onsetHours, double size) {

    /** What is changed. */
    enum Kind {
        NOTHING(Verdict.STABLE),
        /** Inputs move, and the build can represent them. */
        INPUTS(Verdict.DATA_DRIFT),
        /** Inputs move out of the ranges that the build was calibrated for, and INT8 misses events there. */
        RANGES(Verdict.CALIBRATION_STALE),
        /** INT8 leaves FP32 on events on the same inputs. */
        RUNTIME(Verdict.RUNTIME_MISMATCH),
        /** Both are wrong more often; labels say so. */
        CONCEPT(Verdict.CONCEPT_DRIFT),
        /** The same, and inputs move as well. */
        CONCEPT_ON_MOVED_INPUTS(Verdict.CONCEPT_DRIFT),
        /** Both are less sure, and wrong more often; nobody labels any more. */
        DOUBT(Verdict.CONCEPT_DRIFT),
        /** One device repeats a value that the build cannot represent. */
        STUCK(Verdict.SENSOR_FAULT),
        /** One device says what cannot be, in one reading of three. */
        IMPOSSIBLE(Verdict.SENSOR_FAULT),
        /** One device says nothing any more. */
        DEAD(Verdict.SENSOR_FAULT),
        /** FP32 hardly runs beside INT8. */
        BLIND(Verdict.INSUFFICIENT),
        /** Events are five times as frequent. */
        CLASS_MIX(Verdict.STABLE),
        /** Nobody labels any more. */
        UNLABELLED(Verdict.STABLE),
        /** Both are wrong more often, and inputs leave the ranges of the build, which misses events there by itself. */
        CONCEPT_OUT_OF_RANGE(Verdict.CONCEPT_DRIFT);

        private final Verdict verdict;

        Kind(Verdict verdict) {
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }

    static final Cause NONE = of(Kind.NOTHING);

    static Cause of(Kind kind) {
        return switch (kind) {
            case INPUTS, CONCEPT_ON_MOVED_INPUTS -> shift(kind, 3);
            case RANGES, CONCEPT_OUT_OF_RANGE -> shift(kind, 6);
            default -> shift(kind, 0);
        };
    }

    static Cause shift(Kind kind, double deviations) {
        return new Cause(kind, deviations, 1, 2, 0, kind == Kind.CLASS_MIX ? 5 : 0.35);
    }

    Cause stretched(double factor) {
        return new Cause(kind, shift, factor, features, onsetHours, size);
    }

    Cause onOneFeature() {
        return new Cause(kind, shift, stretch, 1, onsetHours, size);
    }

    Cause over(double hours) {
        return new Cause(kind, shift, stretch, features, hours, size);
    }

    Cause sized(double other) {
        return new Cause(kind, shift, stretch, features, onsetHours, other);
    }

    /** How far it has come, in [0, 1]. */
    double progress(double hoursSince) {
        return hoursSince < 0 ? 0 : onsetHours == 0 ? 1 : Math.min(1, hoursSince / onsetHours);
    }
}
