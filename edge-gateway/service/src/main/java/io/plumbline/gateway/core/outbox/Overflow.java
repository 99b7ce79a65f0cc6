package io.plumbline.gateway.core.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens when more waits for Kafka than may, or has waited for longer. */
public enum Overflow {
    /** No message is taken; the MQTT broker keeps them. */
    BLOCK,
    /** The oldest records go, and are counted as lost. */
    DROP_OLDEST;

    /** @throws IllegalArgumentException that names the ones there are */
    public static Overflow of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(Overflow::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
