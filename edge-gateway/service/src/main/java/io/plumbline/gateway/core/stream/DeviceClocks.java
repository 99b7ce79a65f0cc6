package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.reading.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the clocks of the devices say, beside the gateway's own. A reading counts as too far ahead only if it is so against
 * both the gateway's clock and the others of the site: of the newest times of the last {@value #MOST_DEVICES} devices the lower
 * median. So a replay of the past is no fault, and a gateway that woke up with an old clock believes devices that agree; one
 * device alone convinces nobody. Forgotten at a restart. Not thread-safe.
 */
public final class DeviceClocks {

    private static final int MOST_DEVICES = 63;
    private static final int ENOUGH_DEVICES = 2;

    private final Duration bound;
    private final Map<DeviceId, Instant> newest = new LinkedHashMap<>(2 * MOST_DEVICES, 0.75f, true);
    private final Map<StreamId, Skews> skews = new TreeMap<>();

    /** @param bound how far ahead a device's clock may be */
    public DeviceClocks(Duration bound) {
        this.bound = bound;
    }

    /** The last skews of a stream, in milliseconds. */
    private static final class Skews {
        private static final int MOST = 63;

        private final long[] last = new long[MOST];
        private int seen;

        private void add(long millis) {
            last[seen % MOST] = millis;
            // Wraps to a multiple of the size, so that it never overflows and stays full.
            seen = seen + 1 == 2 * MOST ? MOST : seen + 1;
        }

        private Duration median() {
            var sorted = Arrays.copyOf(last, Math.min(seen, MOST));
            Arrays.sort(sorted);
            return Duration.ofMillis(sorted[sorted.length / 2]);
        }
    }

    /**
     * Takes note of a reading's time.
     *
     * @param receivedAt wall clock
     * @return why the time cannot be right, in one line; empty if it can
     */
    public Optional<String> objection(Source source, Instant time, Instant receivedAt) {
        skews.computeIfAbsent(source.stream(), unseen -> new Skews())
                .add(time.toEpochMilli() - receivedAt.toEpochMilli());
        newest.put(source.device(), time);
        if (newest.size() > MOST_DEVICES) {
            newest.remove(newest.keySet().iterator().next());
        }
        if (!isAhead(time, receivedAt) || (newest.size() >= ENOUGH_DEVICES && !isAhead(time, median()))) {
            return Optional.empty();
        }
        return Optional.of("time " + time + " is more than " + bound + " ahead of the gateway, " + receivedAt
                + ", and of the other devices; set the device's clock, or raise clock-skew");
    }

    private boolean isAhead(Instant time, Instant reference) {
        return time.isAfter(reference.plus(bound));
    }

    private Instant median() {
        var sorted = newest.values().stream().sorted().toList();
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Median of device time minus receive time over the last readings of each stream; positive for clocks that are ahead. */
    public Map<StreamId, Duration> skews() {
        var medians = new TreeMap<StreamId, Duration>();
        skews.forEach((stream, last) -> medians.put(stream, last.median()));
        return medians;
    }
}
