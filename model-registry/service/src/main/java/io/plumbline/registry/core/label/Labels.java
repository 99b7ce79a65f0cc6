package io.plumbline.registry.core.label;

import io.plumbline.contract.id.EventId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where labels are looked up. Thread-safe. */
public interface Labels {

    /**
     * Labels of these readings; of several of one reading the first, as everywhere.
     *
     * @return those that there are; empty if nobody can say which there are
     */
    Optional<Map<EventId, String>> of(Set<EventId> readings);
}
