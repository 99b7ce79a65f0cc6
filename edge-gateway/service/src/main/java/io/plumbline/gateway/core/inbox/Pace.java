package io.plumbline.gateway.core.inbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often messages are taken up: those that come within a period of the last time wait for its end, and are answered and made
 * durable together, which spares processor, flash and Kafka. One that comes after a pause waits for nothing, and neither does
 * work that fills the period by itself. For one thread.
 */
public final class Pace {

    private final long periodNanos;
    private final LongSupplier ticker;
    private long takenAt;

    /** @param period from one time to the next, at least; zero for no pace at all */
    public Pace(Duration period) {
        this(period, System::nanoTime);
    }

    /** @param ticker nanoseconds */
    public Pace(Duration period, LongSupplier ticker) {
        this.periodNanos = period.toNanos();
        this.ticker = ticker;
        this.takenAt = ticker.getAsLong() - periodNanos;
    }

    /** Messages are taken up now. */
    public void taken() {
        takenAt = ticker.getAsLong();
    }

    /** Until messages may be taken up again; zero if they may be. */
    public long restNanos() {
        return Math.max(0, periodNanos - (ticker.getAsLong() - takenAt));
    }
}
