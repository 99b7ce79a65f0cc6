package io.plumbline.registry.adapter.disk;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The thread that looks after the disk, once in a grace time. */
public final class Housekeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Housekeeper.class);

    private final Housekeeping housekeeping;
    private final List<Runnable> beside;
    private final Duration every;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Housekeeper::thread);

    /** @param beside what else is to be looked after as often */
    public Housekeeper(Housekeeping housekeeping, List<Runnable> beside, Duration every, InstantSource clock) {
        this.beside = List.copyOf(beside);
        this.housekeeping = housekeeping;
        this.every = every;
        this.clock = clock;
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A disk that fails now may work at the next look. */
    void look() {
        beside.forEach(Housekeeper::attempt);
        attempt(this::free);
    }

    private static void attempt(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "disk-not-freed");
        }
    }

    private void free() {
        var freed = housekeeping.look(clock.instant());
        if (freed.bytes() > 0 || freed.uploads() > 0) {
            LOG.infof("disk-freed bytes=%d abandonedUploads=%d", freed.bytes(), freed.uploads());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "registry-housekeeper");
        thread.setDaemon(true);
        return thread;
    }
}
