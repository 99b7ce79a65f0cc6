package io.plumbline.registry.adapter.peer;

import io.plumbline.registry.core.carriage.Carrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The thread that carries, about once a second. */
public final class CarrierThread implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CarrierThread.class);

    private final Carrier carrier;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(CarrierThread::thread);

    public CarrierThread(Carrier carrier) {
        this.carrier = carrier;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** What fails now is tried at the next look. */
    private void look() {
        try {
            carrier.look();
        } catch (RuntimeException e) {
            LOG.errorf(e, "builds-not-carried");
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
