package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;

/**
 * How the distance of a build to FP32 varies from window to window, beside that of the running build on the same windows: with
 * a and b the values of |p_int8 - p_fp32| of the two on one window, what the variance of a - r b needs for any r. Additive.
 *
 * @param squares sum of a&sup2;
 * @param runningSum sum of b
 * @param runningSquares sum of b&sup2;
 * @param products sum of a b
 */
public record PairedDeltas(double squares, double runningSum, double runningSquares, double products) {

    public static final PairedDeltas NONE = new PairedDeltas(0, 0, 0, 0);

    public PairedDeltas {
        notNegative("squares", squares);
        notNegative("runningSum", runningSum);
        notNegative("runningSquares", runningSquares);
        notNegative("products", products);
    }

    private static void notNegative(String name, double value) {
        Require.that(
                value >= 0 && value < Double.POSITIVE_INFINITY,
                name + " " + value + " must be finite and not negative");
    }

    /** With one window more. */
    public PairedDeltas with(double delta, double running) {
        return new PairedDeltas(
                squares + delta * delta,
                runningSum + running,
                runningSquares + running * running,
                products + delta * running);
    }

    public PairedDeltas plus(PairedDeltas other) {
        return new PairedDeltas(
                squares + other.squares,
                runningSum + other.runningSum,
                runningSquares + other.runningSquares,
                products + other.products);
    }
}
