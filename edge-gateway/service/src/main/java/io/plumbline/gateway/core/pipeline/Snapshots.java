package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Outbox;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Takes a snapshot now and then, so that a start has little to replay and the outbox little to keep. Not thread-safe. */
public final class Snapshots {

    private static final long RECORDS = 20_000;
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final SnapshotStore store;
    private final WindowStore windows;
    private final Clock clock;
    private final GatewayMetrics metrics;
    private long covered;
    private Instant takenAt;

    /** @param covered number of the first record that the newest snapshot does not cover */
    public Snapshots(SnapshotStore store, WindowStore windows, Clock clock, GatewayMetrics metrics, long covered) {
        this.store = store;
        this.windows = windows;
        this.clock = clock;
        this.metrics = metrics;
        this.covered = covered;
        this.takenAt = clock.instant();
    }

    /** To be called when everything in the memory is in the outbox. */
    void takeIfDue(Pipeline pipeline, Outbox outbox) {
        var added = outbox.end() - covered;
        var waited = clock.instant().isAfter(takenAt.plus(PERIOD));
        if (added >= RECORDS || (added > 0 && waited)) {
            take(pipeline, outbox);
        }
    }

    void take(Pipeline pipeline, Outbox outbox) {
        try {
            var end = outbox.end();
            store.save(new Snapshot(end, pipeline.memory().toBytes()));
            outbox.recoverable(end);
            covered = end;
            // After the snapshot: a kill in between leaves older windows, and none that a replay would add again.
            keepWindows(pipeline.reservoirs());
        } catch (IOException e) {
            metrics.outboxFailed(e);
        }
        takenAt = clock.instant();
    }

    private void keepWindows(Reservoirs reservoirs) throws IOException {
        if (reservoirs.isWorthSaving()) {
            var bytes = reservoirs.toBytes();
            if (bytes.isPresent()) {
                windows.save(bytes.get());
            }
        }
    }
}
