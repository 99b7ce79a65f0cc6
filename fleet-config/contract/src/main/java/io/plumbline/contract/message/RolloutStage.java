package io.plumbline.contract.message;

/** Where a rollout stands. */
public enum RolloutStage {
    /** Accepted; no gateway has been told yet. */
    READY,
    /** One gateway is told to run the candidate and gathers evidence. */
    CANARY,
    /** The canary passed; the others are told and gather evidence. */
    WAVE,
    /** No PASS and no FAIL by the deadline, or no data: waits for a person. */
    PAUSED,
    /** A FAIL: every updated gateway is told to go back. */
    ROLLING_BACK,
    /** Every updated gateway runs the baseline again. Final. */
    ROLLED_BACK,
    /** Every gateway runs the candidate on its own evidence. Final. */
    COMPLETED,
    /** A newer rollout of the same model took over, or a person ended it. Final. */
    ABORTED;

    public boolean isFinal() {
        return this == ROLLED_BACK || this == COMPLETED || this == ABORTED;
    }
}
