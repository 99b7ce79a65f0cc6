package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.OutboxHistory;
import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.core.stream.KnownBuilds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a start found.
 *
 * @param snapshot number of the first record that the snapshot did not cover; 0 without one
 * @param replayed records folded into the memory
 * @param lost records that the disk lost
 * @param losses records that were being dropped from the outbox; they may still lie there
 */
public record Recovery(long snapshot, long replayed, long lost, List<Loss> losses) {

    public Recovery {
        losses = List.copyOf(losses);
    }

    /** What a start fills; both fresh. */
    public record Target(GatewayMemory memory, Reservoirs reservoirs) {}

    /** Fills a fresh memory from the snapshot and the outbox records after it, and the reservoirs from those records. */
    public static Recovery into(Target target, SnapshotStore store, OutboxHistory history, KnownBuilds builds)
            throws IOException {
        var memory = target.memory();
        var snapshot = store.load();
        snapshot.ifPresent(saved -> memory.restore(saved.state()));
        var from = snapshot.map(Snapshot::covers).orElse(0L);
        var count = new long[1];
        var losses = new ArrayList<Loss>();
        var lost = history.replay(from, record -> {
            memory.apply(record, builds, target.reservoirs()::add);
            Loss.of(record).ifPresent(losses::add);
            count[0]++;
        });
        return new Recovery(from, count[0], lost, losses);
    }
}
