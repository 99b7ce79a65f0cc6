package io.plumbline.gateway.adapter.kafka;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Records that were handed to the producer together. One thread hands them, the producer's tells what became of them. */
final class Handed implements Callback {

    private final long next;
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Exception> failure;

    /**
     * @param next number of the record after the last one
     * @param records of which word is to come
     * @param failure of the sink that they belong to
     */
    Handed(long next, int records, AtomicReference<@Nullable Exception> failure) {
        this.next = next;
        this.left = new AtomicInteger(records);
        this.failure = failure;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception refused) {
        if (refused == null) {
            left.decrementAndGet();
        } else {
            failure.compareAndSet(null, refused);
        }
    }

    /** Whether all of them are in Kafka. */
    boolean hasArrived() {
        return left.get() == 0;
    }

    long next() {
        return next;
    }
}
