package io.plumbline.gateway.core.stats;

import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The open windows of one stream. A window is due once the newest event time of the stream has passed its end by the grace,
 * and its counts were collected for the hold. Each delta of a window doubles the hold of the next, up to {@value #MOST_DOUBLINGS}
 * times: a device whose clock is ahead makes the windows of all others late ones, and receivers take only so many deltas of a
 * window. Not thread-safe.
 */
public final class StatsWindows {

    private static final int MOST_DOUBLINGS = 7;
    private static final int MOST_REMEMBERED = 1024;

    private final StatsRules rules;
    private final Map<Window, Tally> open = new LinkedHashMap<>();
    private final Map<Window, Integer> sent = new LinkedHashMap<>();
    private Instant newest = Instant.EPOCH;

    public StatsWindows(StatsRules rules) {
        this.rules = rules;
    }

    private record Window(StatsSubject subject, Instant start) {
        private Instant end() {
            return start.plus(subject.window());
        }
    }

    /** @param now wall clock */
    public void add(StatsSubject subject, Observation observation, Instant now) {
        var eventTime = observation.result().eventTime();
        tally(new Window(subject, subject.windowStart(eventTime)), now).add(observation);
        newest = eventTime.isAfter(newest) ? eventTime : newest;
    }

    /**
     * Counts a fault of a sensor. It moves no window on: faults have no time that could be trusted.
     *
     * @param at a moment in the window
     * @param now wall clock
     */
    public void fault(StatsSubject subject, Instant at, SensorFault fault, Instant now) {
        tally(new Window(subject, subject.windowStart(at)), now).faults().add(fault);
    }

    private Tally tally(Window window, Instant now) {
        return open.computeIfAbsent(window, w -> new Tally(now));
    }

    /** Newest event time; empty before the first reading. */
    public Optional<Instant> newest() {
        return newest.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(newest);
    }

    /**
     * Takes out what is due.
     *
     * @param now wall clock
     */
    public List<StatsDelta> due(Instant now, LongSupplier sequence) {
        var surplus = Math.max(0, open.size() - rules.maxOpen());
        var taken = take(window -> isDue(window, now), sequence);
        if (surplus > taken.size()) {
            var oldest = open.keySet().stream().limit(surplus - taken.size()).toList();
            taken.addAll(take(oldest::contains, sequence));
        }
        return taken;
    }

    /** Takes out everything. */
    public List<StatsDelta> all(LongSupplier sequence) {
        return take(window -> true, sequence);
    }

    /** This delta is in the outbox: what it counted is not open any more. */
    public void sent(StatsKey key) {
        var window = new Window(StatsSubject.of(key), key.windowStart());
        open.remove(window);
        remember(window);
    }

    private void remember(Window window) {
        sent.merge(window, 1, Integer::sum);
        if (sent.size() > MOST_REMEMBERED) {
            sent.remove(sent.keySet().iterator().next());
        }
    }

    private long holdMillis(Window window) {
        return rules.hold().toMillis() << Math.min(sent.getOrDefault(window, 0), MOST_DOUBLINGS);
    }

    private boolean isDue(Window window, Instant now) {
        var tally = open.get(window);
        return tally != null
                && !newest.isBefore(window.end().plus(rules.grace()))
                && !now.isBefore(tally.openedAt().plusMillis(holdMillis(window)));
    }

    private List<StatsDelta> take(Predicate<Window> which, LongSupplier sequence) {
        var taken = new ArrayList<StatsDelta>();
        for (var entries = open.entrySet().iterator(); entries.hasNext(); ) {
            var entry = entries.next();
            var window = entry.getKey();
            if (which.test(window)) {
                taken.add(entry.getValue().toDelta(window.subject().key(window.start(), sequence.getAsLong())));
                entries.remove();
                remember(window);
            }
        }
        return taken;
    }

    public void write(DataOutputStream out) throws IOException {
        out.writeLong(newest.toEpochMilli());
        out.writeInt(open.size());
        for (var entry : open.entrySet()) {
            var window = entry.getKey();
            var bytes = entry.getValue()
                    .toDelta(window.subject().key(window.start(), 0))
                    .toBytes();
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** @param now wall clock */
    public void read(DataInputStream in, Instant now) throws IOException {
        newest = Instant.ofEpochMilli(in.readLong());
        var size = in.readInt();
        for (int i = 0; i < size; i++) {
            var saved = StatsDelta.from(in.readNBytes(in.readInt()));
            var window = new Window(StatsSubject.of(saved.key()), saved.key().windowStart());
            open.put(window, Tally.continuing(saved, now));
        }
    }
}
