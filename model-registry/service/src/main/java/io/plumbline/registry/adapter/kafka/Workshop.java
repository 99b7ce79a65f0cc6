package io.plumbline.registry.adapter.kafka;

import io.plumbline.registry.adapter.metrics.RegistryMeters;
import io.plumbline.registry.core.build.Version;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.job.Recalibrations;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The threads of the registry: one that builds, one that watches the clock of recalibrations. Candidates of recalibrations and versions that
 * were pushed take turns: a backlog of versions, each of which takes seconds, would otherwise keep every recalibration waiting, and
 * with a new start begin in front of it again.
 */
public final class Workshop implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Workshop.class);

    private final VersionJobs jobs;
    private final RegistryMeters meters;
    private final Turns turns = new Turns();
    private final ExecutorService builds = Executors.newSingleThreadExecutor(Workshop::thread);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Workshop::thread);

    public Workshop(VersionJobs jobs, RegistryMeters meters) {
        this.jobs = jobs;
        this.meters = meters;
    }

    /** Takes up what an earlier run left unfinished, and begins to watch. */
    public void start(Recalibrations recalibrations) {
        execute(() -> jobs.unfinished().forEach(this::add));
        clock.scheduleWithFixedDelay(logged(recalibrations::tick), 500, 500, TimeUnit.MILLISECONDS);
    }

    /** A version was pushed. */
    public void pushed(Version.Pushed version) {
        jobs.tryAgain(version);
        add(version);
    }

    private void add(Version.Pushed version) {
        turns.add(() -> build(version));
        takeTurn();
    }

    /** Does this on the thread that builds, in turn with versions. After {@link #close} the next start does it. */
    @Override
    public void execute(Runnable work) {
        turns.addUrgent(work);
        takeTurn();
    }

    private void takeTurn() {
        try {
            builds.execute(() -> turns.next().ifPresent(work -> logged(work).run()));
        } catch (RejectedExecutionException closed) {
            LOG.infof("work-left-to-the-next-start");
        }
    }

    private void build(Version.Pushed version) {
        var failure = jobs.run(version);
        meters.built(failure.isEmpty());
        LOG.infof(
                "version-built manifest=%s outcome=%s",
                version.manifest().digest(), failure.map(f -> "FAILED: " + f).orElse("READY"));
    }

    /** An executor keeps what was thrown to itself, and stops a clock over it. */
    private static Runnable logged(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.errorf(e, "workshop-failed");
            }
        };
    }

    @Override
    public void close() {
        // not interrupted: a build that a stop breaks would be told as one that failed
        builds.shutdown();
        clock.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "registry-workshop");
        thread.setDaemon(true);
        return thread;
    }
}
