package io.plumbline.inference.window;

import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The newest readings of one device, in the order they came. A window never spans a gap in device time, forwards or back:
 * after one it fills again. Confined to one thread.
 */
public final class SlidingWindow {

    /** Readings further apart than this many intervals are not neighbours. */
    private static final double GAP_INTERVALS = 2.5;

    private final int size;
    private final int features;
    private final Duration gap;
    private final ArrayDeque<float[]> readings = new ArrayDeque<>();
    private Instant newest = Instant.MIN;

    /**
     * @param size readings per window
     * @param features values per reading
     * @param interval device time between two readings
     */
    public SlidingWindow(int size, int features, Duration interval) {
        if (size < 1 || features < 1) {
            throw new IllegalArgumentException("a window of " + size + " readings of " + features + " values is a bug");
        }
        this.size = size;
        this.features = features;
        this.gap = Duration.ofMillis(Math.round(interval.toMillis() * GAP_INTERVALS));
    }

    /**
     * Adds a reading.
     *
     * @param values one per feature, copied
     * @return the window [1, size, features], oldest first, once it is full
     */
    public Optional<Tensor> add(Instant time, float[] values) {
        if (values.length != features) {
            throw new IllegalArgumentException(
                    "a reading of " + values.length + " values where " + features + " are due is a bug");
        }
        if (newest.isAfter(Instant.MIN) && Duration.between(newest, time).abs().compareTo(gap) > 0) {
            readings.clear();
        }
        newest = time;
        if (readings.size() == size) {
            readings.removeFirst();
        }
        readings.addLast(values.clone());
        return readings.size() < size ? Optional.empty() : Optional.of(tensor());
    }

    private Tensor tensor() {
        var data = new float[size * features];
        var at = 0;
        for (var reading : readings) {
            System.arraycopy(reading, 0, data, at, features);
            at += features;
        }
        return Tensor.of(new long[] {1, size, features}, data);
    }
}
