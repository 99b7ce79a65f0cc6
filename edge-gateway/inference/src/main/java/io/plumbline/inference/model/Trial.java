package io.plumbline.inference.model;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;
import java.util.List;
import java.util.Optional;

/** A build on some windows: how it did, and what it was beside FP32 on each of them. Immutable. */
public final class Trial {

    private final CandidateScore score;
    private final List<Compared> windows;

    /**
     * @param score of all windows together
     * @param windows one by one
     */
    public Trial(CandidateScore score, List<Compared> windows) {
        this.score = score;
        this.windows = List.copyOf(windows);
    }

    /**
     * The score beside that of the running build.
     *
     * @param running on the same windows in the same order
     * @throws IllegalArgumentException if it saw another number of windows
     */
    public CandidateScore beside(Trial running) {
        if (windows.size() != running.windows.size()) {
            throw new IllegalArgumentException("a trial on " + windows.size()
                    + " windows cannot be held against one on " + running.windows.size());
        }
        var paired = PairedDeltas.NONE;
        var promised = PromisedAccuracy.NONE;
        for (int i = 0; i < windows.size(); i++) {
            var mine = windows.get(i);
            var its = running.windows.get(i);
            paired = paired.with(mine.delta(), its.delta());
            if (mine.promise().isPresent() && its.promise().isPresent()) {
                var promise = mine.promise().get();
                promised = promised.with(promise.answer(), its.promise().get().answer(), promise.best());
            }
        }
        return new CandidateScore(
                score.build(),
                score.recipe(),
                score.windows(),
                score.fidelity(),
                score.latency(),
                Optional.of(paired),
                Optional.of(promised),
                score.modelBytes(),
                Optional.empty());
    }

    /** Window by window, in the order in which they were given. */
    public List<Compared> windows() {
        return windows;
    }

    /** What all windows together say, beside nothing. */
    public CandidateScore score() {
        return score;
    }
}
