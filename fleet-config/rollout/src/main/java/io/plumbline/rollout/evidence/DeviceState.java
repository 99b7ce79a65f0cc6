package io.plumbline.rollout.evidence;

/**
 * Where a told gateway is. Of the way between {@link #ASSIGNED} and {@link #ACTIVE} (fetching, verifying, self-test, rehearsal)
 * gateways tell only the end.
 */
public enum DeviceState {
    /** Told, heard, and not there yet. */
    ASSIGNED,
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

    public boolean failed() {
        return this == REJECTED || this == FAILED || this == ROLLED_BACK;
    }

    /** The state of a gateway, silence aside. */
    static DeviceState of(Standing standing) {
        return switch (standing) {
            case REFUSED -> REJECTED;
            case FAILED -> FAILED;
            case FELL_BACK -> ROLLED_BACK;
            case RUNS_CANDIDATE -> ACTIVE;
            case RUNS_BASELINE, RUNS_OTHER -> ASSIGNED;
        };
    }
}
