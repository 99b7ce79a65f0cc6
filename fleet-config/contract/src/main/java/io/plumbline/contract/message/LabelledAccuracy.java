package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;

/**
 * How many answers of a build are right, beside the running build on the same labelled inputs; additive. Of two builds on the same inputs
 * only those that one alone gets right tell them apart (McNemar, Note on the sampling error of the difference between correlated
 * proportions, 1947).
 *
 * @param windows inputs that have a label
 * @param both that both builds get right
 * @param gained that this build alone gets right
 * @param lost that the running build alone gets right
 * @param reference that FP32 gets right
 */
public record LabelledAccuracy(long windows, long both, long gained, long lost, long reference) {

    public static final LabelledAccuracy NONE = new LabelledAccuracy(0, 0, 0, 0, 0);

    public LabelledAccuracy {
        Require.notNegative("both", both);
        Require.notNegative("gained", gained);
        Require.notNegative("lost", lost);
        Require.notNegative("reference", reference);
        Require.that(
                both + gained + lost <= windows && reference <= windows,
                "of " + windows + " labelled windows " + (both + gained + lost) + " and " + reference
                        + " cannot be right");
    }

    /** With one input more. */
    public LabelledAccuracy with(boolean right, boolean running, boolean fp32) {
        return new LabelledAccuracy(
                windows + 1,
                both + (right && running ? 1 : 0),
                gained + (right && !running ? 1 : 0),
                lost + (!right && running ? 1 : 0),
                reference + (fp32 ? 1 : 0));
    }

    public LabelledAccuracy plus(LabelledAccuracy other) {
        return new LabelledAccuracy(
                windows + other.windows,
                both + other.both,
                gained + other.gained,
                lost + other.lost,
                reference + other.reference);
    }

    /** Share of the answers of this build that are right; NaN without labels. */
    public double right() {
        return (double) (both + gained) / windows;
    }

    /** Share of the answers of the running build that are right; NaN without labels. */
    public double running() {
        return (double) (both + lost) / windows;
    }
}
