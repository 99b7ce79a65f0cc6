package io.plumbline.gateway.core.build;

import io.plumbline.contract.fleet.Assignment;
import java.io.IOException;
import java.util.Optional;

/** Keeps the last assignment that was in force, for a start without the control plane. */
public interface AssignmentStore {

    void save(Assignment assignment) throws IOException;

    /** Empty where there is none, or none that can be read. */
    Optional<Assignment> load() throws IOException;
}
