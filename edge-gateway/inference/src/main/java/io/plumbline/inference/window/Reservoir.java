package io.plumbline.inference.window;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A bounded uniform sample of the windows of a trailing stretch of device time: every window gets a random priority, and
 * the windows with the largest priorities stay (bottom-k sampling; Efraimidis and Spirakis, Weighted random sampling
 * with a reservoir, 2006, with equal weights). Windows older than the horizon leave. Neighbouring windows of a device
 * overlap, so whole stretches of {@value #BLOCK_WINDOWS} window lengths go to one half or the other: calibration and
 * holdout share readings at most at the edges of a stretch. Confined to one thread.
 */
public final class Reservoir {

    static final int BLOCK_WINDOWS = 4;

    private final int capacity;
    private final Duration horizon;
    private final Duration block;
    private final SplittableRandom random;
    private final TreeMap<Long, Kept> byPriority = new TreeMap<>();
    private Instant newest = Instant.MIN;

    /**
     * @param capacity largest number of windows kept, both halves together
     * @param horizon device time after which a window is forgotten
     * @param windowLength device time that one window spans
     */
    public Reservoir(int capacity, Duration horizon, Duration windowLength, long seed) {
        if (capacity < 2) {
            throw new IllegalArgumentException("reservoir capacity " + capacity + " must be at least 2");
        }
        this.capacity = capacity;
        this.horizon = horizon;
        this.block = windowLength.multipliedBy(BLOCK_WINDOWS);
        this.random = new SplittableRandom(seed);
    }

    public void add(DeviceId device, Instant time, Tensor window) {
        newest = time.isAfter(newest) ? time : newest;
        byPriority.put(random.nextLong(), new Kept(time, isHoldout(device, time), window));
        forgetTheOld();
        if (byPriority.size() > capacity) {
            byPriority.pollFirstEntry();
        }
    }

    /** A copy of the half that ranges are taken from. */
    public List<Tensor> calibration() {
        return half(false);
    }

    /** A copy of the half that builds are judged on. */
    public List<Tensor> holdout() {
        return half(true);
    }

    private List<Tensor> half(boolean holdout) {
        forgetTheOld();
        var windows = new ArrayList<Tensor>();
        for (var kept : byPriority.values()) {
            if (kept.holdout == holdout) {
                windows.add(kept.window);
            }
        }
        return windows;
    }

    private void forgetTheOld() {
        if (newest.isAfter(Instant.MIN)) {
            var oldest = newest.minus(horizon);
            byPriority.values().removeIf(kept -> kept.time.isBefore(oldest));
        }
    }

    private boolean isHoldout(DeviceId device, Instant time) {
        var stretch = Math.floorDiv(time.toEpochMilli(), block.toMillis());
        return (mix(device.hashCode() * 31L + stretch) & 1) == 1;
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood, 2014): spreads neighbouring numbers. */
    private static long mix(long value) {
        var z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private record Kept(Instant time, boolean holdout, Tensor window) {}
}
