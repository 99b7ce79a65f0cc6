package io.plumbline.gateway.core.build;

import io.plumbline.contract.message.Fidelity;

/**
 * How two builds answered the same inputs.
 *
 * @param inputs that both answered
 * @param running of these, on how many the build that runs agreed with FP32
 * @param candidate the same of the one that is to replace it
 */
public record Score(long inputs, long running, long candidate) {

    static final Score NONE = new Score(0, 0, 0);

    /** One more input. Of a detector, an input agrees if every box of it does. */
    Score plus(Fidelity ofRunning, Fidelity ofCandidate) {
        return new Score(inputs + 1, running + agreed(ofRunning), candidate + agreed(ofCandidate));
    }

    private static long agreed(Fidelity fidelity) {
        return fidelity.agreed() == fidelity.compared() ? 1 : 0;
    }

    /** The candidate's share of inputs on which it agreed with FP32. */
    double agreement() {
        return (double) candidate / inputs;
    }
}
