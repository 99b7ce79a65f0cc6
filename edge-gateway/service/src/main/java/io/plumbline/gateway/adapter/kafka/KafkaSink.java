package io.plumbline.gateway.adapter.kafka;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.thread.DaemonThreads;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Two lanes that take turns: while the transaction of one is being committed, records go into that of the other, so a commit
 * (tens of milliseconds in which its producer takes nothing) delays no record. Nothing arrives twice and nothing is left out:
 * a lane commits only after the other has, and the next sink opens both, which aborts what was not committed. Not thread-safe.
 */
final class KafkaSink implements Sink {

    private final OptionalLong position;
    private final ExecutorService committer = Executors.newSingleThreadExecutor(new DaemonThreads("outbox-commit"));
    private KafkaLane lane;
    private KafkaLane other;
    private boolean begun;
    private @Nullable Future<Long> commit;
    private OptionalLong committed = OptionalLong.empty();

    /** @param position the first record that is not in Kafka, read after the transactions of both lanes were initialised */
    KafkaSink(KafkaLane lane, KafkaLane other, OptionalLong position) {
        this.lane = lane;
        this.other = other;
        this.position = position;
    }

    /**
     * @param offset of the group that keeps the position
     * @return empty if another data folder committed it
     */
    static OptionalLong position(Optional<OffsetAndMetadata> offset, KafkaTarget target) {
        return offset.filter(known -> known.metadata().equals(target.outbox()))
                .map(known -> OptionalLong.of(known.offset()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong position() {
        return position;
    }

    @Override
    public void send(List<OutboxRecord> records) {
        if (!begun) {
            lane.begin();
            begun = true;
        }
        lane.send(records);
    }

    @Override
    public void commit(long next) throws InterruptedException {
        settle();
        lane.flush(); // or records of the other lane might overtake these
        var full = lane;
        commit = committer.submit(() -> {
            full.commit(next);
            return next;
        });
        lane = other;
        other = full;
        begun = false;
    }

    @Override
    public OptionalLong committed() throws InterruptedException {
        var pending = commit;
        if (pending != null && pending.isDone()) {
            settle();
        }
        return committed;
    }

    private void settle() throws InterruptedException {
        var pending = commit;
        if (pending == null) {
            return;
        }
        try {
            committed = OptionalLong.of(pending.get());
            commit = null;
        } catch (ExecutionException e) {
            throw new KafkaException("a transaction failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        committer.shutdownNow();
        lane.close();
        other.close();
    }
}
