package io.plumbline.contract.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * Whose reading it is.
     *
     * @throws IllegalArgumentException if the id is not of this form
     */
    public DeviceId device() {
        var end = value.indexOf('/');
        return new DeviceId(end < 0 ? value : value.substring(0, end));
    }

    /** Device time of the reading, to the millisecond; empty where the id is one by content. */
    public Optional<Instant> deviceTime() {
        var last = value.substring(value.lastIndexOf('/') + 1);
        var end = last.lastIndexOf('-');
        try {
            return end < 1
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(Long.parseLong(last.substring(0, end))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
