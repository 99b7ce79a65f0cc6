package io.plumbline.gateway.core.inbox;

import io.plumbline.gateway.core.outbox.RefusalTrace;
import io.plumbline.gateway.core.reading.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/** A message as it came from the broker, or as if it had: a frame that the gateway fetched from a camera. */
public final class Incoming {

    private final String topic;
    private final byte[] payload;
    private final Delivery delivery;
    private final Map<String, String> properties;

    /**
     * @param packet MQTT packet identifier; 0 for a message without one
     * @param connection number of the connection it came on; rises while this process lives; {@link #NONE} for what the gateway fetched
     * @param done acknowledges it; called once, from the pipeline's thread
     */
    public record Delivery(int packet, long connection, Instant receivedAt, Runnable done) {

        /** Connection of what came on none. */
        public static final long NONE = -1;

        boolean fromBroker() {
            return connection != NONE;
        }
    }

    /** @param payload not copied */
    public Incoming(String topic, byte[] payload, Delivery delivery) {
        this(topic, payload, delivery, Map.of());
    }

    /**
     * @param payload not copied
     * @param properties MQTT user properties; of equal names the last
     */
    public Incoming(String topic, byte[] payload, Delivery delivery, Map<String, String> properties) {
        this.topic = topic;
        this.payload = payload;
        this.delivery = delivery;
        this.properties = properties;
    }

    public String topic() {
        return topic;
    }

    public byte[] payload() {
        return payload;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** MQTT user properties. */
    public Map<String, String> properties() {
        return properties;
    }

    /** What came with the payload. */
    public Stamp stamp() {
        return new Stamp(properties, delivery.receivedAt());
    }

    /** What tells this message from others should it be refused: packet identifier and a hash of topic and payload. */
    public RefusalTrace trace() {
        var topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        var forward = new CRC32C();
        forward.update(topicBytes);
        forward.update(payload);
        var lengths = 31L * topicBytes.length + payload.length;
        return new RefusalTrace(delivery.packet(), lengths << 32 | forward.getValue());
    }
}
