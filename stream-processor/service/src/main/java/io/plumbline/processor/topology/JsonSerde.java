package io.plumbline.processor.topology;

import io.plumbline.contract.wire.Json;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** State of the processor as JSON. Only the processor reads it, so a record class is its schema. */
final class JsonSerde<T> implements Serde<T> {

    private final Class<T> type;

    JsonSerde(Class<T> type) {
        this.type = type;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka says null for a deleted key
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : Json.encode(value);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka says null for a deleted key
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : Json.decode(bytes, type);
    }
}
