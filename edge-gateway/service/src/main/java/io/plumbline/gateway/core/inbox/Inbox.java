package io.plumbline.gateway.core.inbox;

import io.plumbline.gateway.core.outbox.Overflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Between the threads that bring messages and the pipeline's. Bounded in messages and, with those in hand, in bytes of large
 * payloads: what happens to the broker's messages when it is full says the policy. Any number of threads bring, one takes.
 */
public final class Inbox {

    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A smaller payload is not counted: the number of messages bounds those. */
    private static final int LARGE = 16 << 10;

    private static final int UNIT = 1 << 10;
    private static final int MOST_UNITS = (16 << 20) / UNIT;
    private static final long LONGEST_WAIT_SECONDS = 10;

    private final BlockingQueue<Incoming> messages;
    private final Overflow policy;
    private final Semaphore units = new Semaphore(MOST_UNITS);
    private final LongAdder droppedOnce = new LongAdder();
    private final LongAdder droppedAtLeastOnce = new LongAdder();
    private int inHand;
    private volatile Runnable settled = () -> {};
    private volatile boolean hearing;
    private int dropped;
    private final List<Incoming.Delivery> unacknowledged = new ArrayList<>();

    /**
     * What found no room.
     *
     * @param messages how many
     * @param unacknowledged of these, what the broker waits for an acknowledgement of
     */
    public record Dropped(int messages, List<Incoming.Delivery> unacknowledged) {

        /** Everything found room. */
        public static final Dropped NOTHING = new Dropped(0, List.of());

        public Dropped {
            unacknowledged = List.copyOf(unacknowledged);
        }
    }

    /**
     * @param capacity messages; with {@link Overflow#BLOCK} at least the MQTT Receive Maximum, so that the broker waits before this
     *     does, else less, or nothing would ever be dropped
     */
    public Inbox(int capacity, Overflow policy) {
        this.messages = new ArrayBlockingQueue<>(capacity);
        this.policy = policy;
    }

    /**
     * Takes a message of the broker, or drops one, as the policy says. One of QoS 0 never waits: with {@link Overflow#BLOCK} it is
     * dropped where others wait.
     *
     * @return false if so many bytes wait that for {@value #LONGEST_WAIT_SECONDS} seconds there was no room for these: the
     *     message was neither taken nor dropped
     */
    public boolean deliver(Incoming message) throws InterruptedException {
        if (offer(message)) {
            return true;
        }
        while (policy == Overflow.DROP_OLDEST && dropOldest()) {
            if (offer(message)) {
                return true;
            }
        }
        if (policy == Overflow.DROP_NEWEST || message.delivery().packet() == 0) {
            drop(message);
            return true;
        }
        return put(message);
    }

    /** False if nothing that waits would make room. */
    private synchronized boolean dropOldest() {
        var anySize = messages.remainingCapacity() == 0;
        for (var waiting : messages) {
            var size = units(waiting.payload().length);
            if (waiting.delivery().fromBroker() && (anySize || size > 0) && messages.remove(waiting)) {
                units.release(size);
                drop(waiting);
                return true;
            }
        }
        return false;
    }

    private synchronized void drop(Incoming message) {
        dropped++;
        if (message.delivery().packet() == 0) {
            droppedOnce.increment();
        } else {
            droppedAtLeastOnce.increment();
            unacknowledged.add(message.delivery());
        }
    }

    /** What was dropped since the last call: the caller makes durable that it was, and acknowledges it. */
    public synchronized Dropped takeDropped() {
        if (dropped == 0) {
            return Dropped.NOTHING;
        }
        var taken = new Dropped(dropped, unacknowledged);
        dropped = 0;
        unacknowledged.clear();
        return taken;
    }

    /** Messages dropped since the start; any thread. */
    public long dropped(int qos) {
        return qos == 0 ? droppedOnce.sum() : droppedAtLeastOnce.sum();
    }

    /** Messages that wait; any thread. */
    public int waiting() {
        return messages.size();
    }

    /**
     * Hands a message over; waits for a place.
     *
     * @return false if so many bytes wait that for {@value #LONGEST_WAIT_SECONDS} seconds there was no room for these: the
     *     message was not taken
     */
    public boolean put(Incoming message) throws InterruptedException {
        var size = units(message.payload().length);
        if (size > 0 && !units.tryAcquire(size, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        messages.put(message);
        return true;
    }

    /** Hands a message over if there is room for it now; false if not. */
    public boolean offer(Incoming message) {
        var size = units(message.payload().length);
        if (size > 0 && !units.tryAcquire(size)) {
            return false;
        }
        var taken = messages.offer(message);
        if (!taken) {
            units.release(size);
        }
        return taken;
    }

    /** @param listener hears on the pipeline's thread when all messages that were taken and are to be acknowledged are */
    public void whenSettled(Runnable listener) {
        settled = listener;
    }

    /** Every message that was taken was acknowledged, or is not going to be. */
    public void settle() {
        units.release(inHand);
        inHand = 0;
        settled.run();
    }

    private static int units(int length) {
        return length > LARGE ? Math.min(MOST_UNITS, length / UNIT) : 0;
    }

    /**
     * The next messages, in order of arrival. They are in hand until {@link #settle}.
     *
     * @param room whether messages may be taken at all; if not, this only waits a moment
     * @param most messages
     * @param patienceNanos how long to wait for the first one
     */
    public List<Incoming> take(boolean room, int most, long patienceNanos) {
        var batch = new ArrayList<Incoming>();
        if (!room) {
            LockSupport.parkNanos(REST_NANOS);
            return batch;
        }
        try {
            var first = messages.poll(patienceNanos, TimeUnit.NANOSECONDS);
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
}
