package io.plumbline.fleet.core.control;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.rollout.log.Decided;
import java.util.List;
import java.util.Optional;

/**
 * One transaction: what to write, and the state that follows.
 *
 * @param before the state it starts from
 * @param after the state once it is written
 * @param steps every decision about a rollout, in order; each is to be announced once
 * @param assignments the assignments that changed
 * @param membership the gateway that came by invitation, or went
 * @param asked what somebody asked for of the rollout of the last step
 */
public record Change(
        ControlState before,
        ControlState after,
        List<Decided> steps,
        List<Assignment> assignments,
        Optional<Membership> membership,
        Optional<Asked> asked) {

    /**
     * A person's wish.
     *
     * @param action like {@code ROLLOUT_PAUSED}
     */
    public record Asked(String action, Authorship by) {}

    public Change {
        steps = List.copyOf(steps);
        assignments = List.copyOf(assignments);
    }

    /** Whether there is anything to write. */
    boolean isEmpty() {
        return before.equals(after);
    }
}
