package io.plumbline.gateway.core.outbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A durable queue of records towards Kafka, numbered from 0 without gaps. One thread appends. */
public interface Outbox {

    /**
     * Writes all records with one synchronisation of the disk. When this returns they survive a crash.
     *
     * @return the number of the first one; the others follow
     * @throws IOException if they could not be made durable; then none of them was, and the same call may be repeated
     */
    long append(List<OutboxRecord> records) throws IOException;

    /** Whether the records that Kafka does not have yet are within the bound. Beyond it, no message should be taken. */
    boolean hasRoom();

    /**
     * Where the oldest may be dropped, those that go first: none of them is in Kafka, on its way there, or needed for recovery. From
     * then on they are sent no more; {@link #drop} must follow once the loss is durable, or they are back after the next start.
     *
     * @return empty if nothing may go
     * @throws IOException if they cannot be counted; then they stay
     */
    Optional<Loss> oldest() throws IOException;

    /** Removes what {@link #oldest} gave; nothing happens if it is gone already. */
    void drop(Loss loss) throws IOException;

    /** The number that the next record will get. */
    long end();

    /** Records that Kafka does not have yet. */
    long pending();

    /**
     * The state up to this record is saved elsewhere: older records are not needed for recovery.
     *
     * @param number of the first record that is not covered
     */
    void recoverable(long number);
}
