package io.plumbline.gateway;

import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.camera.CameraSources;
import io.plumbline.gateway.adapter.disk.GatewayFolder;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.adapter.fleet.FollowerThread;
import io.plumbline.gateway.adapter.fleet.HangGuard;
import io.plumbline.gateway.adapter.kafka.HeartbeatThread;
import io.plumbline.gateway.adapter.kafka.OutboxDrain;
import io.plumbline.gateway.adapter.metrics.MicrometerMetrics;
import io.plumbline.gateway.adapter.metrics.ResidentMemory;
import io.plumbline.gateway.adapter.mqtt.MqttSource;
import io.plumbline.gateway.core.assignment.AssignmentFollower;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.glimpse.Glimpser;
import io.plumbline.gateway.core.pipeline.PipelineLoop;
import io.plumbline.gateway.core.status.GatewayView;
import io.plumbline.gateway.core.status.GatewayView.Waiting;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.core.status.Progress;
import io.plumbline.gateway.core.stream.Counters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The gateway's threads, from their start to an orderly end: first no more messages, then the reading path empties itself,
 * then the outbox goes to Kafka as far as that is quick. A disorderly end loses nothing either, it only leaves more to do for
 * the next start.
 */
final class RunningGateway {

    private static final Logger LOG = Logger.getLogger(RunningGateway.class);
    private static final Duration QUICK = Duration.ofSeconds(3);
    private static final int BROKEN = 70;

    private final Self self;
    private final Parts parts;
    private final Counters counters;
    private final MicrometerMetrics metrics;
    private final Progress progress = new Progress();
    private final FollowerThread follower;

    private final Thread reading;
    private final Thread draining;
    private final Thread opening;
    private final Thread listening;
    private final Thread filming;
    private final Thread following;
    private final Thread guarding;
    private final Thread beating;
    private final Thread showing;

    record Parts(
            GatewayFolder folder,
            SegmentedLog log,
            PipelineLoop loop,
            AssignmentFollower follower,
            Runnable resumed,
            OutboxDrain drain,
            MqttSource mqtt,
            CameraSources cameras,
            Glimpser glimpser) {}

    /**
     * @param period wall-clock time between heartbeats
     * @param failed called for each heartbeat that did not get out
     */
    record Pulse(Duration period, Function<GatewayEvent.Heartbeat, CompletionStage<Void>> out, Runnable failed) {}

    RunningGateway(Self self, Parts parts, Counters counters, Pulse pulse, MicrometerMetrics metrics) {
        this.self = self;
        this.parts = parts;
        this.counters = counters;
        this.metrics = metrics;
        this.follower = new FollowerThread(parts.follower(), parts.resumed());
        this.reading = daemon("reading-path", parts.loop());
        this.draining = daemon("outbox-drain", parts.drain());
        this.opening = daemon("opening", this::open);
        this.listening = daemon("mqtt-source", parts.mqtt());
        this.filming = daemon("camera-sources", parts.cameras());
        this.following = daemon("assignment-follower", follower);
        this.showing = daemon("glimpses", parts.glimpser());
        this.guarding = daemon(
                "hang-guard",
                new HangGuard(
                        parts.follower()::hangs,
                        () -> giveUp("build-hangs a build that is being tried does not come back")));
        this.beating =
                daemon("heartbeat", new HeartbeatThread(pulse.period(), this::heartbeat, pulse.out(), pulse.failed()));
    }

    /** A gateway that lacks one of its threads would go on beating and do nothing: its end takes the process with it. */
    static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, bug) -> giveUp("thread-died name=" + dead.getName() + " " + bug));
        return thread;
    }

    /** Whoever supervises the process starts it again; it then goes back to the last good builds. */
    private static void giveUp(String because) {
        try {
            LOG.errorf("process-ends it is started again by whoever watches it reason=%s", because);
        } finally {
            Runtime.getRuntime().halt(BROKEN);
        }
    }

    /** Returns at once: what a full disk holds up must not hold up the answer that it does. */
    void start() {
        reading.start();
        draining.start();
        opening.start();
    }

    private void open() {
        try {
            parts.loop()
                    .report(new GatewayEvent.Started(
                            self.gateway(), self.site(), self.clock().instant()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        following.start();
        guarding.start();
        listening.start();
        filming.start();
        beating.start();
        showing.start();
    }

    GatewayState state() {
        return new GatewayState(
                parts.loop().trouble().isEmpty(),
                isAlive(),
                links(),
                parts.follower().generation(),
                parts.follower().lack(),
                parts.follower().unwanted(),
                parts.loop().trouble(),
                parts.log().pending());
    }

    private boolean isAlive() {
        return reading.isAlive() && draining.isAlive();
    }

    private List<Link> links() {
        var lack = parts.follower().lack();
        var links = new ArrayList<>(List.of(
                parts.mqtt().link(),
                parts.drain().link(),
                follower.link(),
                new Link("registry", lack.isEmpty(), lack.or(() -> Optional.of("no build is lacking")))));
        links.addAll(parts.cameras().links());
        return links;
    }

    GatewayView view() {
        var now = self.clock().instant();
        var log = parts.log();
        var end = log.end();
        var drained = log.drained();
        var waiting = drained >= end
                ? new Waiting(0, 0, Optional.empty())
                : new Waiting(end - drained, log.waitingBytes(), progress.age(drained, end, now));
        return new GatewayView(
                self.gateway(),
                self.site(),
                now,
                isAlive(),
                parts.loop().trouble(),
                parts.follower().generation(),
                progress.readingsPerSecond(),
                counters.view(end - drained),
                metrics.deadLetters(),
                waiting,
                streams(),
                links(),
                metrics.events().newest());
    }

    private List<GatewayView.Stream> streams() {
        return parts.loop().running().values().stream()
                .map(stream -> new GatewayView.Stream(
                        stream.stream(),
                        stream.model(),
                        stream.build(),
                        parts.follower().isProven(stream.build())))
                .sorted(Comparator.comparing(stream -> stream.stream().value()))
                .toList();
    }

    private GatewayEvent.Heartbeat heartbeat() {
        // Before anything is looked at: what it says was so then or later, and a build that was activated later is no
        // contradiction.
        var at = self.clock().instant();
        var counted = counters.view(parts.log().pending());
        progress.note(at, counted.results(), parts.log().end());
        var streams = parts.loop().running().values().stream()
                .map(stream -> new GatewayEvent.RunningStream(stream.stream(), stream.model(), stream.build()))
                .toList();
        return new GatewayEvent.Heartbeat(
                self.gateway(),
                self.site(),
                at,
                Math.max(0, parts.follower().generation()),
                streams,
                counted,
                ResidentMemory.bytes(),
                Optional.of(parts.follower().underway()).filter(builds -> !builds.isEmpty()));
    }

    /** Not left to the follower's thread, which a long load may keep from it until the process is gone. */
    private void pause() {
        try {
            parts.follower().pause();
        } catch (IOException e) {
            LOG.warnf("trial-not-paused what is being tried counts as crashed at the next start reason=%s", e);
        }
    }

    void stop() {
        try {
            opening.interrupt();
            opening.join(QUICK.toMillis());
            following.interrupt();
            guarding.interrupt();
            beating.interrupt();
            showing.interrupt();
            pause();
            following.join(QUICK.toMillis());
            parts.mqtt().stop();
            parts.cameras().stop();
            listening.join(QUICK.toMillis());
            filming.join(QUICK.toMillis());
            parts.loop().stop();
            reading.join(QUICK.toMillis());
            parts.drain().stop();
            draining.join(QUICK.toMillis());
            draining.interrupt();
            draining.join(QUICK.toMillis());
            parts.log().close();
            parts.folder().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warnf("stop-incomplete reason=%s", e.getMessage());
        }
        LOG.infof("stopped counters=%s", counters.view(parts.log().pending()));
    }
}
