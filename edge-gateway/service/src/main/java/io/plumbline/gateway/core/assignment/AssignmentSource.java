package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The control plane, as a gateway sees it. */
public interface AssignmentSource {

    /**
     * The assignment, if it is not this one.
     *
     * @param known generation that the caller has; -1 for none
     * @param wait how long the answer may wait for a change
     * @return empty if nothing changed, or nothing is assigned yet
     */
    Optional<Assignment> next(long known, Duration wait) throws IOException, InterruptedException;
}
