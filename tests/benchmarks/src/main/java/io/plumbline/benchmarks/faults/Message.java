package io.plumbline.benchmarks.faults;

/** What is published. */
final class Message {

    private final String topic;
    private final byte[] payload;

    /** @param payload not copied */
    Message(String topic, byte[] payload) {
        this.topic = topic;
        this.payload = payload;
    }

    String topic() {
        return topic;
    }

    byte[] payload() {
        return payload;
    }
}
