package io.plumbline.gateway.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Between the broker's thread and the pipeline's. Bounded: when it is full, the broker's thread waits. */
public final class Inbox {

    private static final int BATCH = 128;
    private static final long PATIENCE_MILLIS = 20;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BlockingQueue<Incoming> messages;

    /** @param capacity messages; at least the MQTT Receive Maximum, so that the broker waits before this does */
    public Inbox(int capacity) {
        this.messages = new ArrayBlockingQueue<>(capacity);
    }

    /** Hands a message over; waits for a place. */
    public void put(Incoming message) throws InterruptedException {
        messages.put(message);
    }

    /**
     * The next batch, in order of arrival; waits a moment for the first message.
     *
     * @param room whether messages may be taken at all; if not, this only waits a moment
     */
    List<Incoming> take(boolean room) {
        var batch = new ArrayList<Incoming>();
        if (!room) {
            rest();
            return batch;
        }
        try {
            var first = messages.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                messages.drainTo(batch, BATCH - 1);
            }
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the pipeline's thread was interrupted; that is a bug", e);
        }
    }

    /** Lets time pass without taking a message. */
    void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }
}
