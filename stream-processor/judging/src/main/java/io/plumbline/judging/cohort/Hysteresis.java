package io.plumbline.judging.cohort;

import io.plumbline.contract.message.Verdict;

/**
 * Keeps a verdict until enough evaluations in a row say another one, so that noise at a threshold does not turn the loop.
 *
 * @param confirmed the verdict that holds
 * @param candidate what the last evaluations said; equal to {@code confirmed} when nothing is about to change
 * @param votes how many evaluations in a row said {@code candidate}
 */
public record Hysteresis(Verdict confirmed, Verdict candidate, int votes) {

    /** Of a cohort that nothing is known about. */
    public static final Hysteresis START = new Hysteresis(Verdict.INSUFFICIENT, Verdict.INSUFFICIENT, 0);

    /** After one more evaluation. */
    Hysteresis after(Verdict vote, int confirmations) {
        if (vote == confirmed) {
            return new Hysteresis(confirmed, confirmed, 0);
        }
        var inARow = vote == candidate ? votes + 1 : 1;
        return inARow >= confirmations ? new Hysteresis(vote, vote, 0) : new Hysteresis(confirmed, vote, inARow);
    }
}
