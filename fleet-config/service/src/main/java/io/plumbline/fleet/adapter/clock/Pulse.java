package io.plumbline.fleet.adapter.clock;

import io.plumbline.database.StoreUnavailableException;
import io.plumbline.fleet.adapter.metrics.FleetMeters;
import io.plumbline.fleet.adapter.sink.PostOffice;
import io.plumbline.fleet.config.FleetSettings;
import io.plumbline.fleet.core.alert.AlertDesk;
import io.plumbline.fleet.core.control.ControlPlane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the rollouts and at the alerts and announces what came of it, again and again. What fails is repeated at the next beat, because
 * every beat starts from what is stored.
 */
public final class Pulse implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Pulse.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ControlPlane control;
    private final List<Runnable> announcements;
    private final AlertDesk alerts;
    private final PostOffice post;
    private final FleetMeters meters;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4, Pulse::thread);

    /** @param announcements each brings what is outstanding to where it is read, may take its time, and throws nothing; two at most */
    public Pulse(
            ControlPlane control, List<Runnable> announcements, AlertDesk alerts, PostOffice post, FleetMeters meters) {
        this.control = control;
        this.announcements = List.copyOf(announcements);
        this.alerts = alerts;
        this.post = post;
        this.meters = meters;
    }

    /** The first look waits until silence can be told from a gateway that was merely heard again from the topic. */
    public void start(FleetSettings settings) {
        var every = settings.lookEvery().toMillis();
        threads.scheduleWithFixedDelay(this::look, settings.silentAfter().toMillis(), every, TimeUnit.MILLISECONDS);
        announcements.forEach(
                announce -> threads.scheduleWithFixedDelay(announce, every, every, TimeUnit.MILLISECONDS));
        threads.scheduleWithFixedDelay(this::watch, every, every, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        try {
            alerts.look();
            post.look();
        } catch (StoreUnavailableException e) {
            meters.lookFailed();
            LOG.warnf("alerts-not-looked-at reason=%s", e.getMessage());
        } catch (RuntimeException e) {
            meters.lookFailed();
            LOG.errorf(e, "alerts-not-looked-at this is a bug");
        }
    }

    private void look() {
        try {
            control.look();
        } catch (RuntimeException e) {
            meters.lookFailed();
            LOG.errorf(e, "rollouts-not-looked-at this is a bug");
        }
    }

    /** Waits for what is under way, which an interrupt could keep from its database: that may be a file of this process. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("look-left-alone it is still at work waitedMillis=%d", PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        post.close();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "fleet-pulse");
        thread.setDaemon(true);
        return thread;
    }
}
