package io.plumbline.benchmarks.rollouts;

import io.plumbline.contract.id.Digest;
import io.plumbline.rollout.evidence.DeviceState;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the control plane had a gateway when it was asked, beside what was true then.
 *
 * @param quiet how long the gateway had said nothing before the question was put
 * @param runs what it ran after the answer had come
 */
record End(DeviceState state, Duration quiet, Optional<Digest> runs) {

    /**
     * Whether the state is the one that the gateway earned. One that comes and goes is ACTIVE once it runs the candidate, and SILENT if it had
     * really said nothing for longer than that: never for its habit alone.
     */
    boolean isRight(Habit habit, Digest candidate, Duration silentAfter) {
        return switch (habit) {
            case SILENT -> state == DeviceState.SILENT;
            case FAILING -> state == DeviceState.REJECTED && !runs(candidate);
            case WELL -> state == DeviceState.ACTIVE && runs(candidate);
            case FLAPPING ->
                state == DeviceState.SILENT
                        ? quiet.compareTo(silentAfter) > 0
                        : state == DeviceState.ACTIVE && runs(candidate);
        };
    }

    private boolean runs(Digest build) {
        return runs.filter(build::equals).isPresent();
    }
}
