package io.plumbline.registry.adapter.kafka;

import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.oci.Manifest;
import io.plumbline.registry.core.recalibration.Recalibrations;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The threads of the registry: one that builds, one that watches the clock of recalibrations. */
public final class Workshop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Workshop.class);

    private final VersionJobs jobs;
    private final Recalibrations recalibrations;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, Workshop::thread);

    public Workshop(VersionJobs jobs, Recalibrations recalibrations) {
        this.jobs = jobs;
        this.recalibrations = recalibrations;
    }

    /** Takes up what an earlier run left unfinished, and begins to watch. */
    public void start() {
        threads.execute(() -> jobs.unfinished().forEach(this::build));
        threads.scheduleWithFixedDelay(this::tick, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** A version was pushed. */
    public void pushed(Manifest version) {
        threads.execute(() -> build(version));
    }

    private void build(Manifest version) {
        try {
            var failure = jobs.run(version);
            LOG.infof(
                    "version-built manifest=%s outcome=%s",
                    version.digest(), failure.map(f -> "FAILED: " + f).orElse("READY"));
        } catch (RuntimeException e) {
            LOG.errorf(e, "version-build-failed manifest=%s", version.digest());
        }
    }

    private void tick() {
        try {
            recalibrations.tick();
        } catch (RuntimeException e) {
            LOG.errorf(e, "recalibration-tick-failed");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "registry-workshop");
        thread.setDaemon(true);
        return thread;
    }
}
