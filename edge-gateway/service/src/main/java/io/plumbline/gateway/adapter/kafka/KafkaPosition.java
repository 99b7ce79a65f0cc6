package io.plumbline.gateway.adapter.kafka;

import io.plumbline.contract.Topics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a consumer group that has no members: flash wears less, and a gateway whose disk came back from an old copy
 * does not send what Kafka has. Between two times something is sent again after a crash, never left out.
 */
final class KafkaPosition implements Position {

    /** The topic does not matter, as long as it exists. */
    static final TopicPartition PLACE = new TopicPartition(Topics.RESULTS, 0);

    private static final System.Logger LOG = System.getLogger(KafkaPosition.class.getName());
    private static final long GOODBYE_MILLIS = 2_000;

    private final Admin admin;
    private final KafkaTarget target;
    private @Nullable KafkaFuture<Void> writing;
    private long wanted;
    private long written;

    /** @param admin is closed with this */
    KafkaPosition(Admin admin, KafkaTarget target) {
        this.admin = admin;
        this.target = target;
    }

    @Override
    public OptionalLong known() throws InterruptedException {
        try {
            var offsets = admin.listConsumerGroupOffsets(target.group())
                    .partitionsToOffsetAndMetadata()
                    .get();
            return Optional.ofNullable(offsets.get(PLACE))
                    .filter(known -> known.metadata().equals(target.outbox()))
                    .map(known -> OptionalLong.of(known.offset()))
                    .orElse(OptionalLong.empty());
        } catch (ExecutionException e) {
            throw new KafkaException("the position of the outbox cannot be read: " + e.getCause(), e);
        }
    }

    @Override
    public void keep(long position) {
        wanted = position;
        if (isWritten() && wanted > written) {
            written = wanted;
            var offset = new OffsetAndMetadata(wanted, Optional.empty(), target.outbox());
            writing = admin.alterConsumerGroupOffsets(target.group(), Map.of(PLACE, offset))
                    .all();
        }
    }

    private boolean isWritten() {
        try {
            var last = writing;
            if (last == null || last.isDone()) {
                return last == null || last.getNow(null) == null;
            }
            return false;
        } catch (ExecutionException e) {
            throw new KafkaException("the position of the outbox cannot be kept: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            await();
            keep(wanted);
            await();
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "outbox-position-not-kept position=" + wanted + " reason=" + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private void await() throws ExecutionException, TimeoutException, InterruptedException {
        var last = writing;
        if (last != null) {
            last.get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
