package io.plumbline.registry.core.sighting;

import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import java.time.Instant;
import java.util.List;

/** Where sightings outlive the process. Thread-safe; every method may throw {@code StoreUnavailableException}. */
public interface SightingStore {

    /** Writes it, in place of one of the same gateway, stream and beginning. */
    void put(Sighting sighting);

    /** The newest of every stream of every gateway that still has it. */
    List<Sighting> current();

    /** Every stretch in which this build ran anywhere, newest first. */
    List<Sighting> of(Digest build);

    /** What a gateway ran at that moment, or ran last before it. */
    List<Sighting> at(GatewayId gateway, Instant moment);

    /** Every stretch of a gateway that overlaps this time, by stream, the oldest first. */
    List<Sighting> between(GatewayId gateway, Instant from, Instant to);
}
