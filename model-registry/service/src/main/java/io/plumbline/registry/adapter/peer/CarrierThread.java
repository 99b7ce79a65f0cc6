package io.plumbline.registry.adapter.peer;

import io.plumbline.registry.core.carriage.Carrier;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The thread that carries, about once a second, and more seldom while the peer takes nothing. */
public final class CarrierThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CarrierThread.class);

    /** Between two looks, seconds; in vain twice as many as before, because servers lock out who knocks without end. */
    private static final int SHORTEST = 1;

    private static final int LONGEST = 30;

    private final Carrier carrier;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(CarrierThread::thread);

    public CarrierThread(Carrier carrier) {
        this.carrier = carrier;
    }

    public void start() {
        thread.execute(() -> look(SHORTEST));
    }

    /** What fails now is tried at the next look. */
    private void look(int pause) {
        var isDone = false;
        try {
            carrier.look();
            isDone = carrier.waiting() == 0;
        } catch (RuntimeException e) {
            LOG.errorf(e, "builds-not-carried");
        }
        var next = isDone ? SHORTEST : Math.min(2 * pause, LONGEST);
        try {
            thread.schedule(() -> look(next), next, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debugf("builds-left-to-the-next-start");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "registry-carrier");
        thread.setDaemon(true);
        return thread;
    }
}
