package io.plumbline.benchmarks.feed;

import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** What is published. */
public final class Message {

    private final String topic;
    private final byte[] payload;
    private final List<UserProperty> properties;

    /** @param payload not copied */
    public Message(String topic, byte[] payload) {
        this(topic, payload, List.of());
    }

    /** @param payload not copied */
    public Message(String topic, byte[] payload, List<UserProperty> properties) {
        this.topic = topic;
        this.payload = payload;
        this.properties = properties;
    }

    public String topic() {
        return topic;
    }

    public List<UserProperty> properties() {
        return properties;
    }

    public byte[] payload() {
        return payload;
    }
}
