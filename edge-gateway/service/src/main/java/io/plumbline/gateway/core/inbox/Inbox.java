package io.plumbline.gateway.core.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Between the broker's thread and the pipeline's. Bounded in messages and, with the batch in hand, in bytes of large payloads:
 * when it is full, the broker's thread waits.
 */
public final class Inbox {

    private static final long PATIENCE_MILLIS = 20;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A smaller payload is not counted: the number of messages bounds those. */
    private static final int LARGE = 16 << 10;

    private static final int UNIT = 1 << 10;
    private static final int MOST_UNITS = (16 << 20) / UNIT;
    private static final long LONGEST_WAIT_SECONDS = 10;

    private final BlockingQueue<Incoming> messages;
    private final Semaphore units = new Semaphore(MOST_UNITS);
    private int inHand;
    private volatile Runnable settled = () -> {};
    private volatile boolean hearing;

    /** @param capacity messages; at least the MQTT Receive Maximum, so that the broker waits before this does */
    public Inbox(int capacity) {
        this.messages = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Hands a message over; waits for a place.
     *
     * @return false if so many bytes wait that for {@value #LONGEST_WAIT_SECONDS} seconds there was no room for these: the
     *     message was not taken
     */
    public boolean put(Incoming message) throws InterruptedException {
        var length = message.payload().length;
        if (length > LARGE && !units.tryAcquire(units(length), LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        messages.put(message);
        return true;
    }

    /** Hands a message over if there is room for it now; false if not. */
    public boolean offer(Incoming message) {
        var length = message.payload().length;
        if (!units.tryAcquire(units(length))) {
            return false;
        }
        var taken = messages.offer(message);
        if (!taken) {
            units.release(units(length));
        }
        return taken;
    }

    /** @param listener hears on the pipeline's thread when all messages of a batch that are to be acknowledged are */
    public void whenSettled(Runnable listener) {
        settled = listener;
    }

    /** Every message of the batch was acknowledged, or is not going to be. */
    public void settle() {
        settled.run();
    }

    private static int units(int length) {
        return length > LARGE ? Math.min(MOST_UNITS, length / UNIT) : 0;
    }

    /**
     * The next batch, in order of arrival; waits a moment for the first message. The batch before is done with.
     *
     * @param room whether messages may be taken at all; if not, this only waits a moment
     * @param most messages
     */
    public List<Incoming> take(boolean room, int most) {
        units.release(inHand);
        inHand = 0;
        var batch = new ArrayList<Incoming>();
        if (!room) {
            rest();
            return batch;
        }
        try {
            var first = messages.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                messages.drainTo(batch, most - 1);
            }
            for (var message : batch) {
                inHand += units(message.payload().length);
            }
            return batch;
        } catch (InterruptedException e) {
            throw new IllegalStateException("the pipeline's thread was interrupted; that is a bug", e);
        }
    }

    /** Whether messages can come: the subscriptions stand. Called by the broker's thread. */
    public void hearing(boolean now) {
        hearing = now;
    }

    public boolean isHearing() {
        return hearing;
    }

    /** Lets time pass without taking a message. */
    public void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }
}
