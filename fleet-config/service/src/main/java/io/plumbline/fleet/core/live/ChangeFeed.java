package io.plumbline.fleet.core.live;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Numbers the changes and remembers the newest of each part: who comes back with the number that they saw last hears what has changed
 * since, however long that is ago. Thread-safe.
 */
public final class ChangeFeed {

    private final Map<Part, Long> newest = new EnumMap<>(Part.class);
    private long number;

    /**
     * What has changed.
     *
     * @param number of the newest change
     */
    public record News(long number, Set<Part> parts) {

        public News {
            parts = Set.copyOf(parts);
        }
    }

    /** Something of this part has changed. */
    public synchronized void mark(Part part) {
        number++;
        newest.put(part, number);
    }

    /** @param seen the number of the newest change that is known already; 0 for none */
    public synchronized News since(long seen) {
        var parts = EnumSet.noneOf(Part.class);
        newest.forEach((part, at) -> {
            if (at > seen) {
                parts.add(part);
            }
        });
        return new News(number, parts);
    }

    /** The number of the newest change. */
    public synchronized long number() {
        return number;
    }
}
