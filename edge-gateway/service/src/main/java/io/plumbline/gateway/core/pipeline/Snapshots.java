package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.stream.GatewayMemory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Takes a snapshot now and then, so that a start has little to replay and the outbox little to keep. Not thread-safe. */
public final class Snapshots {

    private static final long RECORDS = 20_000;
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final SnapshotStore store;
    private final Clock clock;
    private final GatewayMetrics metrics;
    private long covered;
    private Instant takenAt;

    /** @param covered number of the first record that the newest snapshot does not cover */
    public Snapshots(SnapshotStore store, Clock clock, GatewayMetrics metrics, long covered) {
        this.store = store;
        this.clock = clock;
        this.metrics = metrics;
        this.covered = covered;
        this.takenAt = clock.instant();
    }

    /** To be called when everything in the memory is in the outbox. */
    void takeIfDue(GatewayMemory memory, Outbox outbox) {
        var added = outbox.end() - covered;
        var waited = clock.instant().isAfter(takenAt.plus(PERIOD));
        if (added >= RECORDS || (added > 0 && waited)) {
            take(memory, outbox);
        }
    }

    void take(GatewayMemory memory, Outbox outbox) {
        try {
            var end = outbox.end();
            store.save(new Snapshot(end, memory.toBytes()));
            outbox.recoverable(end);
            covered = end;
        } catch (IOException e) {
            metrics.outboxFailed(e);
        }
        takenAt = clock.instant();
    }
}
