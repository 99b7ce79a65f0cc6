package io.plumbline.contract.message;

/** Where a rollout stands, in the few words that every reader of every version knows. */
public enum RolloutStage {
    /** Accepted; no gateway has been told yet. */
    READY,
    /** The first wave, at least one gateway, is told to run the candidate and gathers evidence. */
    CANARY,
    /** A later wave: more gateways are told and gather evidence. */
    WAVE,
    /** No PASS and no FAIL by the deadline, no data, or an approval that is asked for: waits for a person. */
    PAUSED,
    /** A FAIL: every updated gateway is told to go back. */
    ROLLING_BACK,
    /** Every updated gateway that is heard runs the baseline again. Final. */
    ROLLED_BACK,
    /** The last wave passed: the candidate is what the model runs. Final. */
    COMPLETED,
    /** A newer rollout of the same model took over, or a person ended it. Final. */
    ABORTED;

    public boolean isFinal() {
        return this == ROLLED_BACK || this == COMPLETED || this == ABORTED;
    }

    /** What a rollout there does or did, as people say it: to go on with after "the rollout". */
    public String inWords() {
        return switch (this) {
            case READY -> "has not begun";
            case CANARY -> "goes on with its first wave";
            case WAVE -> "goes on with a later wave";
            case PAUSED -> "is paused";
            case ROLLING_BACK -> "goes back";
            case ROLLED_BACK -> "went back";
            case COMPLETED -> "is complete";
            case ABORTED -> "was ended";
        };
    }
}
