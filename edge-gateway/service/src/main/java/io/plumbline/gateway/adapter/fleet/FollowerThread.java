package io.plumbline.gateway.adapter.fleet;

import io.plumbline.gateway.core.assignment.AssignmentFollower;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.core.status.Reach;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Drives the {@link AssignmentFollower}: first what this disk knows, then the control plane, for ever. */
public final class FollowerThread implements Runnable {

    private static final Logger LOG = Logger.getLogger(FollowerThread.class);
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MILLIS = 1_000;

    private final AssignmentFollower follower;
    private final Runnable resumed;
    private final Reach reach = new Reach("control plane");
    private boolean silent;

    /** @param resumed called once, when the assignment of before the start is in force again, or there was none */
    public FollowerThread(AssignmentFollower follower, Runnable resumed) {
        this.follower = follower;
        this.resumed = resumed;
    }

    /** Whether the control plane answered when it was last asked. */
    public Link link() {
        return reach.link();
    }

    @Override
    public void run() {
        try {
            resume();
            resumed.run();
            while (!Thread.interrupted()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resume() throws InterruptedException {
        try {
            follower.resume();
            LOG.infof("assignment-resumed generation=%d", follower.generation());
        } catch (IOException e) {
            LOG.warnf("assignment-resume-failed reason=%s", e.getMessage());
        } catch (RuntimeException bug) {
            LOG.errorf("assignment-resume-failed this is a bug reason=%s", bug);
        }
    }

    private void step() throws InterruptedException {
        var before = follower.generation();
        var started = System.nanoTime();
        try {
            follower.step();
            silent = false;
            reach.up();
        } catch (IOException e) {
            if (!silent) {
                LOG.warnf("fleet-unavailable reason=%s", e);
            }
            silent = true;
            reach.down("it cannot be asked: " + e);
        } catch (RuntimeException bug) {
            LOG.errorf("assignment-failed this is a bug generation=%d reason=%s", before, bug);
        }
        if (follower.generation() != before) {
            LOG.infof("assignment-in-force generation=%d", follower.generation());
        } else if (System.nanoTime() - started < LEAST_NANOS) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
