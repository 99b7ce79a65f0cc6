package io.plumbline.gateway.core.trace;

import java.time.Instant;
import java.util.Map;

/** Decides which messages are followed. Called on the reading path's thread; returns at once. */
@FunctionalInterface
public interface Traces {

    /** Follows nothing. */
    Traces NONE = (properties, receivedAt) -> Followed.NOT;

    /**
     * A message is about to be handled.
     *
     * @param properties MQTT user properties
     * @param receivedAt wall clock
     */
    Followed follow(Map<String, String> properties, Instant receivedAt);
}
