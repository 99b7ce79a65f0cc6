package io.plumbline.cli.climate;

import java.time.Duration;

/** Keeps device time and wall time in proportion. Confined to one thread. */
public final class Pace {

    private final double speed;
    private final long start = System.nanoTime();

    /** @param speed device seconds per wall second */
    public Pace(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + " must be positive");
        }
        this.speed = speed;
    }

    /** Waits until so much device time has passed since the start. */
    public void await(Duration deviceTime) throws InterruptedException {
        var due = start + (long) (deviceTime.toNanos() / speed);
        var left = due - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left).toMillis());
        }
    }
}
