package io.plumbline.inference.window;

import io.plumbline.contract.id.DeviceId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * A uniform sample, without replacement, of the windows of a trailing stretch of device time. Every window has a priority
 * drawn by hash from the seed, its device and its time; the sample is the windows with the largest priorities among those
 * that are not older than the horizon (priority sampling: Babcock, Datar and Motwani, Sampling from a moving window over
 * streaming data, 2002). So the same windows give the same sample, in whatever order they come. Kept is only what can
 * still get into a sample: a window leaves once {@code capacity} later ones have larger priorities, which leaves about
 * {@code capacity * (1 + ln(windows in the horizon / capacity))} of them, and never more than ten times the capacity.
 *
 * <p>Half the sample is for calibration, half for holdout. Neighbouring windows of a device overlap, so whole stretches of
 * {@value #STRETCH_WINDOWS} window lengths go to one half and the other in turn, and a window that reaches from one half
 * into the other is not kept: no reading is in both. Short stretches in turn, not by lot: an hour has few stretches, and with
 * lots one half often misses the part of it that differs most. On the demo's readings, with stretches of four window
 * lengths by lot, 41 % of first recalibrations failed on holdout windows beyond anything in the calibration half; this way none
 * of 48 did.
 *
 * <p>Confined to one thread; what it returns are copies.
 *
 * @param <W> a window, or whatever else a device gives at a time
 */
public final class Reservoir<W> {

    static final int STRETCH_WINDOWS = 2;
    private static final int MOST_KEPT = 8;

    private final int capacity;
    private final long horizon;
    private final long windowLength;
    private final long seed;
    private final SiteClock clock;
    private List<Kept<W>> kept = new ArrayList<>();
    private int pruneAt;
    private long keptSinceWritten;
    private ToLongFunction<W> weight = window -> 0;
    private long mostWeight = Long.MAX_VALUE;
    private long heldWeight;

    /** How a window is written. */
    public interface Writer<W> {

        void write(DataOutputStream out, W window) throws IOException;
    }

    /** How a window is read again. */
    public interface Reader<W> {

        W read(DataInputStream in) throws IOException;
    }

    /**
     * @param capacity largest number of windows in the sample, both halves together
     * @param horizon device time after which a window is forgotten
     * @param windowLength device time that one window spans: interval x readings
     */
    public Reservoir(int capacity, Duration horizon, Duration windowLength, long seed) {
        if (capacity < 2) {
            throw new IllegalArgumentException("reservoir capacity " + capacity + " must be at least 2");
        }
        if (horizon.toMillis() < 1 || windowLength.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "horizon " + horizon + " and window length " + windowLength + " must be at least a millisecond");
        }
        this.capacity = capacity;
        this.horizon = horizon.toMillis();
        this.windowLength = windowLength.toMillis();
        this.seed = seed;
        this.clock = new SiteClock(this.horizon);
        this.pruneAt = 2 * capacity;
    }

    /**
     * The same with a bound beside the number, which may change: what has the smallest priorities goes first, sampled or not.
     *
     * @param most weight of all that is held, for which the newest window may be waiting
     * @param weight of one window
     */
    public Reservoir<W> bounded(long most, ToLongFunction<W> weight) {
        this.mostWeight = most;
        this.weight = weight;
        lighten();
        return this;
    }

    /** @param time device time of the window's newest reading */
    public void add(DeviceId device, Instant time, W window) {
        var millis = time.toEpochMilli();
        clock.saw(millis);
        var source = mix(device.value().hashCode());
        var holdout = isHoldout(source, millis);
        if (holdout != isHoldout(source, millis - windowLength + 1)) {
            return;
        }
        kept.add(new Kept<>(millis, mix(mix(source + millis) ^ seed), holdout, window));
        keptSinceWritten++;
        heldWeight += weight.applyAsLong(window);
        if (kept.size() >= pruneAt || heldWeight > mostWeight) {
            prune();
        }
    }

    /**
     * How many windows were kept since the reservoir was made or last written, as a share of those it holds: 1 when as good
     * as nothing of what was written is still true.
     */
    public double turnover() {
        return kept.isEmpty() ? 0 : Math.min(1, (double) keptSinceWritten / kept.size());
    }

    /** Writes everything that {@link #read} needs. */
    public void write(DataOutputStream out, Writer<W> writer) throws IOException {
        prune();
        out.writeInt(kept.size());
        for (var one : kept) {
            out.writeLong(one.millis);
            out.writeLong(one.priority);
            out.writeBoolean(one.holdout);
            writer.write(out, one.window);
        }
        keptSinceWritten = 0;
    }

    /**
     * Adds what {@link #write} wrote; windows that are there already stay single.
     *
     * @throws IOException if it is cut off or no reservoir
     */
    public void read(DataInputStream in, Reader<W> reader) throws IOException {
        var known = new HashSet<Long>();
        kept.forEach(one -> known.add(one.priority));
        var count = in.readInt();
        for (int i = 0; i < count; i++) {
            var one = new Kept<>(in.readLong(), in.readLong(), in.readBoolean(), reader.read(in));
            clock.saw(one.millis);
            if (known.add(one.priority)) {
                kept.add(one);
            }
        }
        prune();
    }

    /** The half of the sample that ranges are taken from, in random order. */
    public List<W> calibration() {
        return half(false);
    }

    /** The half of the sample that builds are judged on, in random order. */
    public List<W> holdout() {
        return half(true);
    }

    private List<W> half(boolean holdout) {
        var now = clock.now();
        return kept.stream()
                .filter(one -> one.millis >= now - horizon && one.millis <= now + horizon)
                .sorted(byPriority())
                .limit(capacity)
                .filter(one -> one.holdout == holdout)
                .map(one -> one.window)
                .toList();
    }

    /** Windows in memory, in the sample or waiting. */
    int held() {
        return kept.size();
    }

    /** Forgets what can be in no later sample. */
    private void prune() {
        var now = clock.now();
        var survivors = new ArrayList<Kept<W>>();
        var later = new PriorityQueue<Long>(capacity);
        var ahead = true;
        kept.sort(Comparator.comparingLong((Kept<W> one) -> one.millis).reversed());
        for (var one : kept) {
            if (one.millis < now - horizon) {
                break;
            }
            if (ahead && one.millis <= now + horizon) {
                // What is ahead of the site's time displaces nothing that belongs to it.
                ahead = false;
                later.clear();
            }
            if (later.size() < capacity || one.priority > later.element()) {
                survivors.add(one);
                later.add(one.priority);
                if (later.size() > capacity) {
                    later.remove();
                }
            }
        }
        kept = survivors;
        if (kept.size() > MOST_KEPT * capacity) {
            kept.sort(byPriority());
            kept = new ArrayList<>(kept.subList(0, MOST_KEPT * capacity));
        }
        lighten();
        pruneAt = Math.max(2 * capacity, kept.size() + kept.size() / 4);
    }

    /** With some room, or every window would have to be looked at for each that comes. */
    private void lighten() {
        heldWeight =
                kept.stream().mapToLong(one -> weight.applyAsLong(one.window)).sum();
        if (heldWeight <= mostWeight) {
            return;
        }
        kept.sort(byPriority());
        while (heldWeight > mostWeight / 4 * 3 && !kept.isEmpty()) {
            heldWeight -= weight.applyAsLong(kept.remove(kept.size() - 1).window);
        }
    }

    private Comparator<Kept<W>> byPriority() {
        return Comparator.comparingLong((Kept<W> one) -> one.priority).reversed();
    }

    private boolean isHoldout(long source, long millis) {
        var stretch = Math.floorDiv(millis, windowLength * STRETCH_WINDOWS);
        return ((source + stretch) & 1) == 1; // the source's bit: devices are not all in the same half at the same time
    }

    /** SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014): spreads neighbours. */
    private static long mix(long value) {
        var z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private record Kept<W>(long millis, long priority, boolean holdout, W window) {}
}
