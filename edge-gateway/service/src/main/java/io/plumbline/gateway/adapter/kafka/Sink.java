package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.util.List;
import java.util.OptionalLong;

/** Where the outbox is drained to. Once a call failed, only {@link #close} may follow: whether it happened is unknown. */
interface Sink extends AutoCloseable {

    /** Number of the first record that is not there; empty if this outbox never got there. */
    OptionalLong position();

    /**
     * All of these records and the new position, or nothing.
     *
     * @param next number of the record after the last one
     */
    void commit(List<OutboxRecord> records, long next);

    @Override
    void close();

    /** Opens a sink; whatever the one before it left undecided is decided then. */
    interface Factory {
        Sink open() throws InterruptedException;
    }
}
