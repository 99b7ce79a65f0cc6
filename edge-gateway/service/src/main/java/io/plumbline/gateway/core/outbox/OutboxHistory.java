package io.plumbline.gateway.core.outbox;

import java.io.IOException;
import java.util.function.Consumer;

/** The records that are still on disk. */
public interface OutboxHistory {

    /**
     * Hands over every record from this number on, or from the oldest one that is there, in order.
     *
     * @return how many could not be read because the disk lost them
     */
    long replay(long from, Consumer<OutboxRecord> consumer) throws IOException;
}
