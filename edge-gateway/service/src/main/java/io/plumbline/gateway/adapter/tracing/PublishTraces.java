package io.plumbline.gateway.adapter.tracing;

import java.util.Map;

/** Goes on following records out of the outbox, which another thread, or another process before a crash, has put there. */
@FunctionalInterface
public interface PublishTraces {

    Runnable NOTHING = () -> {};

    /** Follows nothing. */
    PublishTraces NONE = headers -> NOTHING;

    /**
     * A record is handed to Kafka.
     *
     * @return to be called when Kafka has it
     */
    Runnable publishing(Map<String, String> headers);
}
