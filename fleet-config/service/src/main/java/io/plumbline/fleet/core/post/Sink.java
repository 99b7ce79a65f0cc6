package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;

/** A place where alerts are told. Used by one thread at a time. */
public interface Sink extends AutoCloseable {

    /** Tells of an alert and waits, for seconds at most, until the sink has it. The same alert and revision may come again. */
    Delivery deliver(Alert alert);

    @Override
    default void close() {}
}
