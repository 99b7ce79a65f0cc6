package io.plumbline.gateway.core.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens where more waits than may. */
public enum Overflow {
    /** Nothing more is taken; the MQTT broker keeps it. */
    BLOCK,
    /** What has waited for longest goes, and is counted. */
    DROP_OLDEST,
    /** What has just come goes, and is counted. */
    DROP_NEWEST;

    /**
     * @param possible those that this name may be one of
     * @throws IllegalArgumentException that names the ones there are
     */
    public static Overflow of(String name, Overflow... possible) {
        return Arrays.stream(possible)
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(possible).map(Overflow::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
