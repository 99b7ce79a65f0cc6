package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * Names one reading for ever. The same reading sent twice has the same id, so replays change no count.
 *
 * <p>With a device sequence number: {@code device/stream/epochMillis-sequence}. The device time is part of it because
 * devices that restart count from the beginning again. Without one: {@code device/stream/h-} and the first 32
 * hexadecimal digits of the payload's SHA-256.
 */
public record EventId(@JsonValue String value) {

    private static final int HASH_DIGITS = 32;

    /** @throws IllegalArgumentException if the value is empty */
    @JsonCreator
    public EventId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("event id must not be empty");
        }
    }

    public static EventId ofSequence(DeviceId device, StreamId stream, Instant deviceTime, long sequence) {
        return new EventId(device + "/" + stream + "/" + deviceTime.toEpochMilli() + "-" + sequence);
    }

    public static EventId ofContent(DeviceId device, StreamId stream, byte[] payload) {
        return new EventId(
                device + "/" + stream + "/h-" + Digest.of(payload).hex().substring(0, HASH_DIGITS));
    }

    @Override
    public String toString() {
        return value;
    }
}
