package io.plumbline.gateway.core.snapshot;

import java.io.IOException;
import java.util.Optional;

/** Keeps the newest snapshot. */
public interface SnapshotStore {

    /** Replaces the one before; after a crash there is the old or the new one. */
    void save(Snapshot snapshot) throws IOException;

    /** Empty where there is none, or none that is whole. */
    Optional<Snapshot> load() throws IOException;
}
