package io.plumbline.signals.trace;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header of a Kafka record that says what it follows from. */
public final class TraceHeader {

    public static final String NAME = "traceparent";

    /* Longer ones are of no version that there is, and would go on into every record that follows. */
    private static final int LENGTH = 55;

    private TraceHeader() {}

    /** @param value null where the record has no such header */
    public static Optional<String> read(byte @Nullable [] value) {
        return value == null || value.length != LENGTH
                ? Optional.empty()
                : Optional.of(new String(value, StandardCharsets.US_ASCII));
    }

    public static byte[] write(String traceparent) {
        return traceparent.getBytes(StandardCharsets.US_ASCII);
    }
}
