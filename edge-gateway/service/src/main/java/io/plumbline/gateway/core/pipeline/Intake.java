package io.plumbline.gateway.core.pipeline;

import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.inbox.Pace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Where the reading path gets its messages. For the pipeline's thread.
 *
 * @param inbox where they wait
 * @param pace how often they are taken up
 */
public record Intake(Inbox inbox, Pace pace) {

    /** More messages than this do not wait for others. */
    private static final int MOST_MESSAGES = 128;

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * Lets messages come together, until there are many or it is time.
     *
     * @param pressed ends the rest; looked at every few milliseconds
     */
    void rest(BooleanSupplier pressed) {
        var left = pace.restNanos();
        while (left > 0 && inbox.waiting() < MOST_MESSAGES && !pressed.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(left, NAP_NANOS));
            left = pace.restNanos();
        }
    }

    /**
     * The next messages; waits a moment for the first of them.
     *
     * @param room whether messages may be taken at all
     */
    List<Incoming> take(boolean room, Pipeline pipeline) {
        var batch = inbox.take(room, pipeline.most(MOST_MESSAGES), PATIENCE_NANOS);
        if (!batch.isEmpty()) {
            pace.taken();
        }
        return batch;
    }
}
