package io.plumbline.inference.model;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.PairedDeltas;
import java.util.Optional;

/** A build on some windows: how it did, and how far it was from FP32 on each of them. Immutable. */
public final class Trial {

    private final CandidateScore score;
    private final double[] deltas;

    /**
     * @param score of all windows together
     * @param deltas |p_int8 - p_fp32| of each window
     */
    public Trial(CandidateScore score, double... deltas) {
        this.score = score;
        this.deltas = deltas.clone();
    }

    /**
     * The score beside that of the running build.
     *
     * @param running on the same windows in the same order
     * @throws IllegalArgumentException if it saw another number of windows
     */
    public CandidateScore beside(Trial running) {
        if (deltas.length != running.deltas.length) {
            throw new IllegalArgumentException(
                    "a trial on " + deltas.length + " windows cannot be held against one on " + running.deltas.length);
        }
        var paired = PairedDeltas.NONE;
        for (int i = 0; i < deltas.length; i++) {
            paired = paired.with(deltas[i], running.deltas[i]);
        }
        return new CandidateScore(
                score.build(), score.recipe(), score.windows(), score.fidelity(), score.latency(), Optional.of(paired));
    }

    /** What all windows together say, beside nothing. */
    public CandidateScore score() {
        return score;
    }
}
