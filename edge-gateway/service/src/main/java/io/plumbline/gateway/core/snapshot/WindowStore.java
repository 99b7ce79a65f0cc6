package io.plumbline.gateway.core.snapshot;

import java.io.IOException;
import java.util.Optional;

/** Keeps the windows of the reservoirs over a restart. */
public interface WindowStore {

    /** Replaces what was kept before; after a crash there is the old or the new. */
    void save(byte[] windows) throws IOException;

    /** Empty where there is nothing, or nothing that is whole. */
    Optional<byte[]> load() throws IOException;
}
