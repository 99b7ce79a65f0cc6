package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.util.List;
import java.util.OptionalLong;

/** Where the outbox is drained to. Once a call failed, only {@link #close} may follow: what arrived is then unknown. */
public interface Sink extends AutoCloseable {

    /**
     * Hands records over, in order; they are there to be read at once, each on its own.
     *
     * @param next number of the record after the last one
     */
    void send(List<OutboxRecord> records, long next) throws InterruptedException;

    /** Every record before this one is there; empty before the first. Fails if one of them was refused, or nothing is heard. */
    OptionalLong arrived();

    @Override
    void close();

    /** Opens a sink. */
    interface Factory {
        Sink open() throws InterruptedException;
    }
}
