package io.plumbline.gateway.core.slots;

import java.io.IOException;

/** Keeps the slots across the end of the process. */
public interface SlotStore {

    /** Returns when it is durable; after a crash there is the old state or the new one. */
    void save(Slots slots) throws IOException;

    /** {@link Slots#EMPTY} where there are none, or none that can be read. */
    Slots load() throws IOException;
}
