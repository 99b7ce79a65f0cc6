package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record on its way out of a processor: to a topic of the product, or to the next step. Immutable. */
final class Emission {

    /** The next step of a label that met its prediction. */
    static final String LABELLED = "labelled";
    /** The next step of a stale calibration. */
    static final String STALE = "stale";

    private final String destination;
    private final byte @Nullable [] value;

    private Emission(String destination, byte @Nullable [] value) {
        this.destination = destination;
        this.value = value;
    }

    /** JSON to a topic of the product, at wall-clock time: brokers delete old records by it, not by event time. */
    static Record<String, Emission> json(String topic, String key, Object value, long nowMillis) {
        return new Record<>(key, new Emission(topic, Json.encode(value)), nowMillis);
    }

    /** Takes a key out of a compacted topic. */
    static Record<String, Emission> tombstone(String topic, String key, long nowMillis) {
        return new Record<>(key, new Emission(topic, null), nowMillis);
    }

    /** To the next step, at the time of the record it comes from. */
    static Record<String, Emission> step(String step, String key, byte[] value, long eventMillis) {
        return new Record<>(key, new Emission(step, value), eventMillis);
    }

    /** A payload as it came, with the reason in the headers. */
    static Record<String, Emission> deadLetter(
            String source, byte @Nullable [] payload, Map<String, String> headers, long nowMillis) {
        var all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return new Record<>(source, new Emission(Topics.DEAD_LETTERS, payload), nowMillis, all);
    }

    boolean isFor(String step) {
        return destination.equals(step);
    }

    /** Whether it leaves for a topic of the product. */
    boolean leaves() {
        return !isFor(LABELLED) && !isFor(STALE);
    }

    String destination() {
        return destination;
    }

    byte @Nullable [] value() {
        return value;
    }
}
