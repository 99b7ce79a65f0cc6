package io.plumbline.cli.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Every process that this JVM has started. When the JVM ends for whatever reason, it stops those that are left, the newest
 * first, so that nobody loses what it depends on before it has stopped itself. Thread-safe.
 */
public final class Children {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Deque<ChildProcess> NEWEST_FIRST = new ArrayDeque<>();
    private static volatile boolean closed;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Children::stopAll, "stop-children"));
        } catch (IllegalStateException endingAlready) {
            closed = true;
        }
    }

    private Children() {}

    /** What starts a process; only called while the JVM is not ending. */
    interface Start {
        ChildProcess start() throws LaunchException;
    }

    /** @throws LaunchException also if the JVM is ending: nobody would stop the process */
    static synchronized ChildProcess add(Start start) throws LaunchException {
        if (closed) {
            throw new LaunchException("nothing is started any more: this process is ending");
        }
        NEWEST_FIRST.removeIf(child -> !child.isAlive());
        var child = start.start();
        NEWEST_FIRST.addFirst(child);
        return child;
    }

    /** Whether this JVM is ending and takes its children with it, so that they fail for no fault of theirs. */
    public static boolean areBeingStopped() {
        return closed;
    }

    private static void stopAll() {
        closed = true;
        stopNewestFirst();
    }

    private static synchronized void stopNewestFirst() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var child : NEWEST_FIRST) {
            child.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
