package io.plumbline.drift.sequential;

/**
 * What a candidate's confidence says against a margin, for d = candidate - baseline where more is better.
 *
 * @param margin loss that is acceptable, not negative
 * @param anyLoss whether a loss that is proven counts, however small
 */
public record NonInferiority(double margin, boolean anyLoss) {

    /** What can be said. */
    public enum Outcome {
        /** The candidate is not worse than the margin allows. */
        PASS,
        /** It is worse than that, or proven worse at all where no loss is accepted. */
        FAIL,
        /** More observations are needed; at the end of the time that means that nothing was proven. */
        CONTINUE
    }

    public Outcome judge(Confidence difference) {
        if (difference.upper() < -margin || (anyLoss && difference.upper() < 0)) {
            return Outcome.FAIL;
        }
        return difference.lower() > -margin ? Outcome.PASS : Outcome.CONTINUE;
    }
}
