package io.plumbline.rollout.evidence;

/** What a gateway says about the build it was told to run. */
public enum Standing {
    /** It said that it will not run the candidate, and never ran it. */
    REFUSED,
    /** It ran the candidate, and said that it will not any more. */
    FAILED,
    /** It ran the candidate and runs the baseline again, though it was not told to. */
    FELL_BACK,
    /** Every stream of the model runs the candidate. */
    RUNS_CANDIDATE,
    /** Every stream of the model runs the baseline, by what it said when its newest assignment was in force. */
    RUNS_BASELINE,
    /** Anything else: on its way, half way, or never seen. */
    RUNS_OTHER
}
