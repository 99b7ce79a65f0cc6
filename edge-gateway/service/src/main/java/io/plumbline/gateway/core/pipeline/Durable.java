package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Makes records durable, however often the disk refuses. For one thread, but for {@link #trouble}. */
final class Durable {

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Outbox outbox;
    private final GatewayMetrics metrics;
    private volatile Optional<String> trouble = Optional.empty();

    Durable(Outbox outbox, GatewayMetrics metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * Returns when these records are durable.
     *
     * @param givesUp asked after each refusal
     * @return false if it gave up
     */
    boolean append(List<OutboxRecord> records, BooleanSupplier givesUp) {
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
