package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Makes what several messages mean durable with one synchronisation of the disk: the first of them waits a little for others,
 * which spares processor, flash and Kafka a synchronisation and a request for each. For one thread, but for {@link #trouble}.
 */
public final class GroupCommit {

    /** More messages than this do not wait for others. */
    static final int MOST_MESSAGES = 128;

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Outbox outbox;
    private final GatewayMetrics metrics;
    private final long delayNanos;
    private final LongSupplier ticker;
    private boolean open;
    private long openedAt;
    private volatile Optional<String> trouble = Optional.empty();

    /** @param delay the longest that a message waits for others; zero for not at all */
    public GroupCommit(Outbox outbox, Duration delay, GatewayMetrics metrics) {
        this(outbox, delay, metrics, System::nanoTime);
    }

    /** @param ticker nanoseconds */
    GroupCommit(Outbox outbox, Duration delay, GatewayMetrics metrics, LongSupplier ticker) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.delayNanos = delay.toNanos();
        this.ticker = ticker;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Something waits to be made durable; the first of a group starts the clock. */
    void open() {
        if (!open) {
            open = true;
            openedAt = ticker.getAsLong();
        }
    }

    /** How long the group may go on waiting for messages; {@code longest} if there is none. */
    long patienceNanos(long longest) {
        return open ? Math.max(0, Math.min(longest, delayNanos - (ticker.getAsLong() - openedAt))) : longest;
    }

    /** @param messages in the group */
    boolean isDue(int messages) {
        return open && (messages >= MOST_MESSAGES || ticker.getAsLong() - openedAt >= delayNanos);
    }

    /**
     * Ends the group: returns when its records are durable, however often the disk refuses.
     *
     * @param givesUp asked after each refusal
     * @return false if it gave up
     */
    boolean append(List<OutboxRecord> records, BooleanSupplier givesUp) {
        open = false;
        while (!records.isEmpty()) {
            try {
                outbox.append(records);
                trouble = Optional.empty();
                return true;
            } catch (IOException e) {
                trouble = Optional.of(e.toString());
                metrics.outboxFailed(e);
                if (givesUp.getAsBoolean()) {
                    return false;
                }
                LockSupport.parkNanos(REST_NANOS);
            }
        }
        return true;
    }

    /** Why the disk does not take what has to be durable; empty while it does. Any thread. */
    Optional<String> trouble() {
        return trouble;
    }
}
