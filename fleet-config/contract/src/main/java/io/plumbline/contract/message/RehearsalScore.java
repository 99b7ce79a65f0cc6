package io.plumbline.contract.message;

import io.plumbline.contract.wire.Require;

/**
 * How a build and the one that it is to replace answered the same inputs in a rehearsal.
 *
 * @param inputs that both answered, and FP32 too
 * @param running of these, on how many the build that ran agreed with FP32
 * @param candidate the same of the one that was to replace it
 */
public record RehearsalScore(long inputs, long running, long candidate) {

    public static final RehearsalScore NONE = new RehearsalScore(0, 0, 0);

    public RehearsalScore {
        Require.that(
                running >= 0 && candidate >= 0 && Math.max(running, candidate) <= inputs,
                "running " + running + " and candidate " + candidate + " must be from 0 to inputs, " + inputs);
    }

    /** One more input. Of a detector, an input agrees if every box of it does. */
    public RehearsalScore plus(Fidelity ofRunning, Fidelity ofCandidate) {
        return new RehearsalScore(inputs + 1, running + agreed(ofRunning), candidate + agreed(ofCandidate));
    }

    private static long agreed(Fidelity fidelity) {
        return fidelity.agreed() == fidelity.compared() ? 1 : 0;
    }
}
