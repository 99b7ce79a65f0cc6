package io.plumbline.fleet.core.control;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.rollout.log.Decided;
import java.util.List;

/**
 * One transaction: what to write, and the state that follows.
 *
 * @param before the state it starts from
 * @param after the state once it is written
 * @param steps every decision about a rollout, in order; each is to be announced once
 * @param assignments the assignments that changed
 */
public record Change(ControlState before, ControlState after, List<Decided> steps, List<Assignment> assignments) {

    public Change {
        steps = List.copyOf(steps);
        assignments = List.copyOf(assignments);
    }

    /** Whether there is anything to write. */
    boolean isEmpty() {
        return before.equals(after);
    }
}
