package io.plumbline.gateway.core.stats;

import io.plumbline.contract.id.EventId;
import java.time.Duration;

/**
 * Keeps FP32 beside INT8 within a share of one processor core. Every second the sampled share is scaled by what that second
 * may have cost over what it did cost, and comes back up when there is room, to at most what the stream asks for. As a smaller
 * {@link ShadowSample} is part of a larger one, the choice stays independent of the readings. Not thread-safe.
 */
public final class ShadowBudget {

    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();
    /** So that a sample never ends for good: one input tells what FP32 costs now. */
    private static final double LEAST = 1e-4;

    private static final double FASTEST_RISE = 2;

    private final double budget;
    private double factor = 1;
    private long periodStart;
    private long spent;
    private boolean started;

    /** @param budget share of one core, above 0; infinite for no bound */
    public ShadowBudget(double budget) {
        this.budget = budget;
    }

    /**
     * Whether FP32 runs on this input.
     *
     * @param share in [0, 1], what the stream asks for
     */
    public boolean takes(EventId event, double share) {
        return ShadowSample.contains(event, share * factor);
    }

    /** The part of the asked share that is sampled now, in (0, 1]. */
    public double factor() {
        return factor;
    }

    /**
     * FP32 ran, or time went by.
     *
     * @param nanos what it took; 0 if it did not run
     * @param now of the same monotonic clock, after it ran
     */
    public void spent(long nanos, long now) {
        if (!started) {
            started = true;
            periodStart = now - nanos;
        }
        spent += nanos;
        var elapsed = now - periodStart;
        if (elapsed >= PERIOD_NANOS) {
            var room = spent == 0 ? FASTEST_RISE : budget * elapsed / spent;
            factor = Math.min(1, Math.max(LEAST, factor * Math.min(FASTEST_RISE, room)));
            periodStart = now;
            spent = 0;
        }
    }
}
