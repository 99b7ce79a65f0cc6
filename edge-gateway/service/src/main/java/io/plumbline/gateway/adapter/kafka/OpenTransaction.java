package io.plumbline.gateway.adapter.kafka;

import java.time.Duration;

/** When the records that were handed over have to be committed. Clock readings are nanoseconds. */
final class OpenTransaction {

    private static final long LONGEST_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_RECORDS = 4_000;

    private long start;
    private long end;
    private long opened;

    /** @param position of the first record that will be in it */
    OpenTransaction(long position) {
        this.start = position;
        this.end = position;
    }

    boolean isEmpty() {
        return end == start;
    }

    /** Records up to this position are now in it. */
    void reach(long position, long now) {
        if (isEmpty() && position > end) {
            opened = now;
        }
        end = position;
    }

    boolean isDue(long now) {
        return !isEmpty() && (end - start >= MOST_RECORDS || now - opened >= LONGEST_NANOS);
    }

    /** It is being committed; what is handed over from now on is in the next one. */
    void close() {
        start = end;
    }
}
