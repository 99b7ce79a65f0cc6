package io.plumbline.drift.detector;

/** The one rule for values. */
final class Finite {

    private Finite() {}

    static double require(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "value " + value + " must be a finite number; count it as missing instead");
        }
        return value;
    }

    static double share(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "value " + value + " must be in [0, 1], such as 1 for an error and 0 for none");
        }
        return value;
    }
}
