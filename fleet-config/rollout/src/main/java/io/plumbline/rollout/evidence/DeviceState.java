package io.plumbline.rollout.evidence;

import io.plumbline.contract.message.BuildStep;

/** Where a told gateway is. The way to {@link #ACTIVE} is told with heartbeats: of short steps often nothing is heard. */
public enum DeviceState {
    /** Told, heard, and not there yet. */
    ASSIGNED,
    /** Fetches it. */
    DOWNLOADING,
    /** Has it on its disk, whole and with its signature. */
    STAGED,
    /** Has loaded it, and it gives its reference outputs. */
    SELF_TESTED,
    /** Lets it answer beside the one that it is to replace. */
    SHADOW,
    /** Runs the candidate, and is heard. */
    ACTIVE,
    /** Would not run it: not fetched, not verified, not loadable, or failing its self-test or its rehearsal. */
    REJECTED,
    /** Ran it, and then would not any more. */
    FAILED,
    /** Ran it, and went back to the baseline by itself. */
    ROLLED_BACK,
    /** Not heard for longer than the policy allows: counts against coverage, never as success. */
    SILENT;

    /** On its way: nothing is known of the candidate there. */
    public boolean pending() {
        return compareTo(ACTIVE) < 0;
    }

    public boolean failed() {
        return this == REJECTED || this == FAILED || this == ROLLED_BACK;
    }

    /** The state of a gateway, silence aside. */
    static DeviceState of(GatewayStanding gateway) {
        return switch (gateway.standing()) {
            case REFUSED -> REJECTED;
            case FAILED -> FAILED;
            case FELL_BACK -> ROLLED_BACK;
            case RUNS_CANDIDATE -> ACTIVE;
            case RUNS_BASELINE, RUNS_OTHER ->
                gateway.step().map(DeviceState::of).orElse(ASSIGNED);
        };
    }

    private static DeviceState of(BuildStep step) {
        return switch (step) {
            case DOWNLOADING -> DOWNLOADING;
            case STAGED -> STAGED;
            case SELF_TESTED -> SELF_TESTED;
            case SHADOW -> SHADOW;
        };
    }
}
