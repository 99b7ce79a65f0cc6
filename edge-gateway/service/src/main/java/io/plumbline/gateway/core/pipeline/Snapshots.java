package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import io.plumbline.gateway.core.snapshot.WindowStore;
import io.plumbline.gateway.core.thread.DaemonThreads;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes a snapshot now and then, so that a start has little to replay and the outbox little to keep. The memory is copied on
 * the pipeline's thread, and written by another, because readings would wait for the disk. For the pipeline's thread.
 */
public final class Snapshots {

    private static final long RECORDS = 20_000;
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final SnapshotStore store;
    private final WindowStore windows;
    private final Clock clock;
    private final GatewayMetrics metrics;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(new DaemonThreads("snapshots"));
    private Optional<Future<?>> writing = Optional.empty();
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
        if (writing.filter(one -> !one.isDone()).isPresent()) {
            return;
        }
        settle();
        if (added >= RECORDS || (added > 0 && waited)) {
            take(pipeline, outbox);
        }
    }

    /** The last one is on the disk, or has failed, when this returns. */
    void takeLast(Pipeline pipeline, Outbox outbox) {
        take(pipeline, outbox);
        settle();
        writer.shutdown();
    }

    private void take(Pipeline pipeline, Outbox outbox) {
        settle();
        var snapshot = new Snapshot(outbox.end(), pipeline.memory().toBytes());
        var reservoirs = pipeline.reservoirs();
        var kept = reservoirs.isWorthSaving() ? reservoirs.toBytes() : Optional.<byte[]>empty();
        writing = Optional.of(writer.submit(() -> {
            store.save(snapshot);
            outbox.recoverable(snapshot.covers());
            // After the snapshot: a kill in between leaves older windows, and none that a replay would add again.
            if (kept.isPresent()) {
                windows.save(kept.get());
            }
            return snapshot;
        }));
        covered = snapshot.covers();
        takenAt = clock.instant();
    }

    private void settle() {
        try {
            if (writing.isPresent()) {
                writing.get().get();
            }
        } catch (ExecutionException e) {
            metrics.outboxFailed(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            throw new IllegalStateException("the pipeline's thread was interrupted; that is a bug", e);
        }
        writing = Optional.empty();
    }
}
