package io.plumbline.processor.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A stream thread that died, say of a broker that was away for too long, is replaced. One that keeps dying is a bug or a
 * broken state: then the process ends, for its supervisor to see.
 */
final class ReplaceDeadThreads implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ReplaceDeadThreads.class);

    private static final int MOST_DEATHS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Clock clock;
    private final Runnable giveUp;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    /** @param giveUp ends the process */
    ReplaceDeadThreads(Clock clock, Runnable giveUp) {
        this.clock = clock;
        this.giveUp = giveUp;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        var now = clock.instant();
        deaths.removeIf(death -> death.isBefore(now.minus(WITHIN)));
        deaths.add(now);
        if (deaths.size() > MOST_DEATHS) {
            LOG.errorf("stream-threads-keep-dying giving up deaths=%d reason=%s", deaths.size(), reason(exception));
            giveUp.run();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.errorf("stream-thread-died it is replaced deaths=%d reason=%s", deaths.size(), reason(exception));
        LOG.debug("stream-thread-died", exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static String reason(Throwable exception) {
        var root = exception;
        for (var cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return exception.getClass().getSimpleName() + ", caused by " + root;
    }
}
