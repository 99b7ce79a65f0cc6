package io.plumbline.gateway.adapter.camera;

import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.reading.Stamp;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Makes messages of the frames of one camera. */
final class Outlet {

    private final Inbox inbox;
    private final String topic;

    Outlet(Inbox inbox, String topic) {
        this.inbox = inbox;
        this.topic = topic;
    }

    /** @param sequence tells frames of one millisecond apart */
    record Taken(Instant time, long sequence) {

        private Map<String, String> properties() {
            return Map.of(Stamp.TIME, time.toString(), Stamp.SEQUENCE, Long.toString(sequence));
        }
    }

    /** Returns when what became of the frame is durable. */
    void deliver(byte[] frame, Taken taken) throws InterruptedException {
        var done = new CountDownLatch(1);
        var message = message(frame, taken, done::countDown);
        var put = false;
        while (!put) {
            put = inbox.put(message);
        }
        done.await();
    }

    /**
     * Hands a frame over if there is room for it now; false if not.
     *
     * @param done called from the pipeline's thread when what became of the frame is durable
     */
    boolean offer(byte[] frame, Taken taken, Runnable done) {
        return inbox.offer(message(frame, taken, done));
    }

    private Incoming message(byte[] frame, Taken taken, Runnable done) {
        return new Incoming(
                topic,
                frame,
                new Incoming.Delivery(0, Incoming.Delivery.NONE, Instant.now(), done),
                taken.properties());
    }
}
