package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.util.List;
import java.util.OptionalLong;

/** Where the outbox is drained to. Once a call failed, only {@link #close} may follow: what happened is then unknown. */
public interface Sink extends AutoCloseable {

    /** Number of the first record that is not there, as it was when the sink was opened; empty if this outbox never got there. */
    OptionalLong position();

    /** Hands records over, in order; readers of committed records see them after the next {@link #commit}. */
    void send(List<OutboxRecord> records) throws InterruptedException;

    /**
     * Begins to commit: all records handed over since the last commit, and the new position, or nothing, and never before the
     * commits before it. Returns while that is still going on.
     *
     * @param next number of the record after the last one
     */
    void commit(long next) throws InterruptedException;

    /** The newest position known to be committed; empty before the first. */
    OptionalLong committed() throws InterruptedException;

    @Override
    void close();

    /** Opens a sink; whatever the one before it left undecided is decided then. */
    interface Factory {
        Sink open() throws InterruptedException;
    }
}
