package io.plumbline.gateway.adapter.logging;

import java.util.concurrent.TimeUnit;

/** Lets one of many equal complaints through every ten seconds. Confined to one thread. */
public final class Seldom {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long said = System.nanoTime() - QUIET_NANOS;

    /** Runs it unless one was let through just before. */
    public void say(Runnable complaint) {
        if (System.nanoTime() - said >= QUIET_NANOS) {
            said = System.nanoTime();
            complaint.run();
        }
    }
}
