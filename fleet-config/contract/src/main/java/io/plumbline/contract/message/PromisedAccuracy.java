package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;

/**
 * How many answers of a build are right as far as FP32's confidence tells, where nobody labels: confidence-based performance estimation
 * with the probability that FP32 gives a label, p(label), taken as that of the label being right. FP32's and not the build's own, because
 * a build that clips is sure of what it gets wrong. Beside the running build on the same inputs, with what the variance of the
 * difference needs. Additive.
 *
 * @param windows inputs of which FP32 gave probabilities; none of a detector, whose boxes have none
 * @param right sum of p(label of this build)
 * @param running sum of p(label of the running build)
 * @param reference sum of p(label of FP32): no build can promise more
 * @param squares sum of (p(label of this build) - p(label of the running build))&sup2;
 */
public record PromisedAccuracy(long windows, double right, double running, double reference, double squares) {

    public static final PromisedAccuracy NONE = new PromisedAccuracy(0, 0, 0, 0, 0);

    public PromisedAccuracy {
        Require.notNegative("windows", windows);
        within("right", right, windows);
        within("running", running, windows);
        within("reference", reference, windows);
        within("squares", squares, windows);
    }

    /** Each is a sum of that many values in [0, 1]; give or take what adding rounds. */
    private static void within(String name, double value, long windows) {
        Require.that(
                value >= 0 && value <= windows * (1 + 1e-9),
                name + " " + value + " must be between 0 and the number of windows, " + windows);
    }

    /** With one window more. */
    public PromisedAccuracy with(double one, double beside, double best) {
        return new PromisedAccuracy(
                windows + 1,
                right + one,
                running + beside,
                reference + best,
                squares + (one - beside) * (one - beside));
    }

    public PromisedAccuracy plus(PromisedAccuracy other) {
        return new PromisedAccuracy(
                windows + other.windows,
                right + other.right,
                running + other.running,
                reference + other.reference,
                squares + other.squares);
    }
}
