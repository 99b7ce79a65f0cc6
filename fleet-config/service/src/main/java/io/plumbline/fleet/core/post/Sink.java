package io.plumbline.fleet.core.post;

import io.plumbline.contract.message.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place where alerts are told. Used by one thread at a time. */
public interface Sink extends AutoCloseable {

    /** Tells of an alert and waits, for seconds at most, until the sink has it. The same alert and revision may come again. */
    Delivery deliver(Alert alert);

    /** How often a sink that forgets wants to be told of everything that is open; empty for never. */
    default Optional<Duration> renewal() {
        return Optional.empty();
    }

    /** Tells a sink that forgets of everything that is open and that it knows of. */
    default Delivery renew(List<Alert> open) {
        return new Delivery.Done();
    }

    @Override
    default void close() {}
}
