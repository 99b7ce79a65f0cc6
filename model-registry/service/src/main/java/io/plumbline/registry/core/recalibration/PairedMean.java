package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.PromisedAccuracy;

/**
 * The mean of a - r b over windows, a and b the distances of a candidate and of the running build to FP32 on the same window,
 * with its standard error &radic;(variance / n). Pairing is what makes it sharp: a window that is hard for one build is hard for the
 * other. Windows are drawn at random from the reservoir and taken as independent.
 */
record PairedMean(double mean, double error) {

    /** @param ratio r, the share of the running build's distance that is held against the candidate's */
    static PairedMean of(CandidateScore candidate, PairedDeltas paired, double ratio) {
        var n = (double) candidate.windows();
        var mean = (candidate.fidelity().sumAbsoluteDelta() - ratio * paired.runningSum()) / n;
        var squares = paired.squares() - 2 * ratio * paired.products() + ratio * ratio * paired.runningSquares();
        return new PairedMean(mean, Math.sqrt(Math.max(0, squares / n - mean * mean) / n));
    }

    /**
     * Of how many more answers a candidate gets right, as a share. Half a window is added to each of the four cells, without which few
     * labels on which both builds are alike would leave no doubt (Agresti and Min, Simple improved confidence intervals for comparing
     * matched proportions, 2005).
     */
    static PairedMean of(LabelledAccuracy labelled) {
        var n = labelled.windows() + 2.0;
        var apart = labelled.gained() + labelled.lost() + 1.0;
        var mean = (labelled.gained() - labelled.lost()) / n;
        return new PairedMean(mean, Math.sqrt(apart / n - mean * mean) / Math.sqrt(n));
    }

    /** Of p(label of the candidate) - p(label of the running build), p of FP32. */
    static PairedMean of(PromisedAccuracy promised) {
        var n = (double) promised.windows();
        var mean = (promised.right() - promised.running()) / n;
        return new PairedMean(mean, Math.sqrt(Math.max(0, promised.squares() / n - mean * mean) / n));
    }

    double lower(double deviations) {
        return mean - deviations * error;
    }

    double upper(double deviations) {
        return mean + deviations * error;
    }
}
