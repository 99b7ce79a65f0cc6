package io.plumbline.gateway.core.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the gateway was when: from it follow the rate of the last seconds and the age of what waits for Kafka. Of older
 * moments fewer are remembered. Thread-safe.
 */
public final class Progress {

    private static final int MOST = 512;
    private static final int ALL_OF_THE_NEWEST = 64;
    private static final Duration RECENTLY = Duration.ofSeconds(10);

    private final List<Moment> moments = new ArrayList<>();

    private record Moment(Instant at, long readings, long end) {}

    /**
     * To be called about once a second.
     *
     * @param readings answered so far
     * @param end number of the next outbox record
     */
    public synchronized void note(Instant at, long readings, long end) {
        moments.add(new Moment(at, readings, end));
        if (moments.size() > MOST) {
            moments.remove(leastMissed(at));
        }
    }

    /** The one whose gap, once it is gone, is the smallest for its age: the error of an age stays a small share of it. */
    private int leastMissed(Instant now) {
        var least = 1;
        var leastGap = Double.MAX_VALUE;
        for (int i = 1; i < moments.size() - ALL_OF_THE_NEWEST; i++) {
            var gap = millis(moments.get(i - 1).at, moments.get(i + 1).at) / millis(moments.get(i).at, now);
            if (gap < leastGap) {
                leastGap = gap;
                least = i;
            }
        }
        return least;
    }

    private static double millis(Instant from, Instant to) {
        return Math.max(1, Duration.between(from, to).toMillis());
    }

    /** How many are remembered. */
    synchronized int moments() {
        return moments.size();
    }

    /** Readings answered per second, over about {@code 10 s}; 0 before there were two moments. */
    public synchronized double readingsPerSecond() {
        if (moments.isEmpty()) {
            return 0;
        }
        var last = moments.get(moments.size() - 1);
        var first = last;
        for (int i = moments.size() - 1; i >= 0 && !moments.get(i).at.isBefore(last.at.minus(RECENTLY)); i--) {
            first = moments.get(i);
        }
        var millis = Duration.between(first.at, last.at).toMillis();
        return millis == 0 ? 0 : (last.readings - first.readings) * 1000.0 / millis;
    }

    /**
     * How long the oldest record that is not in Kafka has waited, at most; what was there at the start counts from then.
     *
     * @param drained number of that record
     * @param end number of the next record; there is no age if nothing waits
     */
    public synchronized Optional<Duration> age(long drained, long end, Instant now) {
        if (drained >= end) {
            return Optional.empty();
        }
        var since = now;
        for (var moment : moments) {
            if (moment.end > drained) {
                break;
            }
            since = moment.at;
        }
        var atStart = !moments.isEmpty() && moments.get(0).end > drained;
        return Optional.of(Duration.between(atStart ? moments.get(0).at : since, now));
    }
}
