package io.plumbline.fleet.core.judgement;

/** What a gateway does about the build it was told to run. */
public enum Standing {
    /** It said that it will not run the candidate. */
    REFUSED,
    /** Not heard for longer than the fleet allows: counts against coverage, never as success. */
    SILENT,
    /** Every stream of the model runs the candidate. */
    RUNS_CANDIDATE,
    /** Every stream of the model runs the baseline. */
    RUNS_BASELINE,
    /** Anything else: on its way, half way, or never seen. */
    RUNS_OTHER
}
