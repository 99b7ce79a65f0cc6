package io.plumbline.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.gateway.adapter.camera.CameraSources;
import io.plumbline.gateway.adapter.disk.GatewayFolder;
import io.plumbline.gateway.adapter.disk.LogLimits;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.adapter.disk.SlotFile;
import io.plumbline.gateway.adapter.disk.SnapshotFile;
import io.plumbline.gateway.adapter.disk.WindowFile;
import io.plumbline.gateway.adapter.disk.WindowSeal;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.adapter.enrolment.ControlPlaneSilentException;
import io.plumbline.gateway.adapter.enrolment.Enrolment;
import io.plumbline.gateway.adapter.enrolment.Identity;
import io.plumbline.gateway.adapter.enrolment.JoinToken;
import io.plumbline.gateway.adapter.fleet.FleetClient;
import io.plumbline.gateway.adapter.kafka.DrainMark;
import io.plumbline.gateway.adapter.kafka.GatewayChannels;
import io.plumbline.gateway.adapter.kafka.KafkaSinks;
import io.plumbline.gateway.adapter.kafka.OutboxDrain;
import io.plumbline.gateway.adapter.metrics.DeviceMeters;
import io.plumbline.gateway.adapter.metrics.DiskMeters;
import io.plumbline.gateway.adapter.metrics.GlimpseMeters;
import io.plumbline.gateway.adapter.metrics.InboxMeters;
import io.plumbline.gateway.adapter.metrics.MicrometerMetrics;
import io.plumbline.gateway.adapter.metrics.ModelMeters;
import io.plumbline.gateway.adapter.mqtt.MqttSource;
import io.plumbline.gateway.adapter.mqtt.MqttTarget;
import io.plumbline.gateway.adapter.registry.OciBuilds;
import io.plumbline.gateway.adapter.registry.Patience;
import io.plumbline.gateway.adapter.registry.Repositories;
import io.plumbline.gateway.adapter.registry.SampleUpload;
import io.plumbline.gateway.adapter.registry.TrustRoot;
import io.plumbline.gateway.adapter.tracing.OtlpTraces;
import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.config.GatewayConfig;
import io.plumbline.gateway.config.GatewaySettings;
import io.plumbline.gateway.config.IllegalConfigurationException;
import io.plumbline.gateway.core.assignment.AssignmentFollower;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.calibration.CalibrationDesk;
import io.plumbline.gateway.core.calibration.Giving;
import io.plumbline.gateway.core.frame.FrameDecoder;
import io.plumbline.gateway.core.glimpse.GlimpseDesk;
import io.plumbline.gateway.core.glimpse.Glimpser;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Pace;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.pipeline.Inference;
import io.plumbline.gateway.core.pipeline.Intake;
import io.plumbline.gateway.core.pipeline.Pipeline;
import io.plumbline.gateway.core.pipeline.PipelineLoop;
import io.plumbline.gateway.core.pipeline.Recovery;
import io.plumbline.gateway.core.pipeline.Reservoirs;
import io.plumbline.gateway.core.pipeline.Snapshots;
import io.plumbline.gateway.core.stats.ShadowBudget;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.status.GatewayView;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.core.thread.DaemonThreads;
import io.plumbline.gateway.core.trace.Traces;
import io.plumbline.inference.image.Thumbnail;
import io.plumbline.signals.log.LogKey;
import io.plumbline.signals.log.StructuredLog;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The only place that builds the gateway's parts and says what talks to what. */
@ApplicationScoped
public class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private static final int FIRST = 1;
    private static final long SEGMENT_BYTES = 4L << 20;
    private static final int RECEIVE_MAXIMUM = 512;
    private static final Duration SESSION_EXPIRY = Duration.ofDays(7);
    private static final Duration STATS_HOLD = Duration.ofMillis(500);
    private static final int STATS_OPEN = 64;
    private static final Duration DRAIN_DELAY = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration HTTP_CONNECT = Duration.ofSeconds(5);

    private final GatewayConfig config;
    private final String bootstrapServers;
    private final GatewayChannels channels;
    private final MeterRegistry meters;
    private volatile @Nullable Checked checked;
    private volatile @Nullable RunningGateway gateway;
    private volatile Optional<OtlpTraces> traces = Optional.empty();

    private volatile Optional<String> disk = Optional.empty();
    private volatile boolean stopping;
    private volatile boolean uninvited;

    private record Checked(GatewaySettings settings, Optional<WindowSeal> seal, JoinToken token) {}

    Wiring(
            GatewayConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            GatewayChannels channels,
            MeterRegistry meters) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
        this.channels = channels;
        this.meters = meters;
    }

    /**
     * Before anything else starts: a broken configuration ends the start with its one line, which Quarkus prints without a
     * stack trace for this type of exception, and exit code 1.
     */
    void check(@Observes @Priority(FIRST) StartupEvent event) {
        try {
            var token = JoinToken.of(config.joinTokenFile().map(Path::of));
            var joins = token.isGiven() || Files.exists(GatewayFolder.identity(Path.of(config.dataDir())));
            var settings = GatewaySettings.from(config, joins);
            checked = new Checked(settings, seal(settings), token);
        } catch (IllegalConfigurationException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static Optional<WindowSeal> seal(GatewaySettings settings) {
        if (settings.reservoirKey().isEmpty()) {
            return Optional.empty();
        }
        var file = settings.reservoirKey().get();
        try {
            return Optional.of(WindowSeal.of(file));
        } catch (IOException e) {
            throw new IllegalConfigurationException(
                    "plumbline.gateway.reservoir-key",
                    file.toString(),
                    "must be a readable file of 32 bytes: " + e.getMessage());
        }
    }

    /**
     * After the channels: the gateway itself. A disk that is full, read-only or broken does not end the process, which whoever
     * supervises it would only start again and again: the gateway says so and tries until the disk takes its data.
     */
    void start(@Observes StartupEvent event) {
        var start = checked;
        if (start == null) {
            throw new IllegalStateException("started without a checked configuration: this is a bug");
        }
        DiskMeters.watch(meters, () -> state().disk().isPresent());
        try {
            if (!begin(start)) {
                RunningGateway.daemon("start-wait", () -> awaitStart(start)).start();
            }
        } catch (IllegalConfigurationException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private void awaitStart(Checked start) {
        try {
            do {
                LockSupport.parkNanos(RETRY.toNanos());
            } while (!stopping && !begin(start));
        } catch (IllegalConfigurationException e) {
            LOG.errorf("configuration-refused reason=%s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    private boolean begin(Checked start) {
        try {
            gateway = open(start);
            return true;
        } catch (ControlPlaneSilentException e) {
            if (!uninvited) {
                LOG.warnf("enrolment-waits it is tried again every %d s reason=%s", RETRY.toSeconds(), e.getMessage());
            }
            uninvited = true;
            disk = Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            if (disk.isEmpty()) {
                LOG.errorf(
                        "disk-unusable plumbline.gateway.data-dir is '%s'; it must be readable and writable, and is tried"
                                + " again every %d s reason=%s",
                        start.settings.dataDir(), RETRY.toSeconds(), e);
            }
            disk = Optional.of(e.toString());
        }
        return false;
    }

    private RunningGateway open(Checked start) throws IOException, ControlPlaneSilentException, InterruptedException {
        var folder = GatewayFolder.open(start.settings.dataDir());
        try {
            var http = HttpClient.newBuilder().connectTimeout(HTTP_CONNECT).build();
            var identity = new Enrolment(start.settings, start.token, http).identity(folder.identity());
            StructuredLog.ofProcess(Map.of(
                    LogKey.GATEWAY, identity.gateway().value(),
                    LogKey.SITE, identity.site().value()));
            var assembled = assemble(new Ready(start, identity, http), folder);
            assembled.start();
            return assembled;
        } catch (IOException | RuntimeException | ControlPlaneSilentException | InterruptedException e) {
            folder.close();
            throw e;
        }
    }

    /** How the gateway is; not ready before it has started. */
    public GatewayState state() {
        var running = gateway;
        return running == null ? GatewayState.starting(disk) : running.state();
    }

    /** What a person wants to see of the gateway; empty before it has started. */
    public Optional<GatewayView> view() {
        return Optional.ofNullable(gateway).map(RunningGateway::view);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        var running = gateway;
        if (running != null) {
            running.stop();
            traces.ifPresent(OtlpTraces::close);
        }
    }

    /** What the gateway is made from once it knows who it is. */
    private record Ready(Checked start, Identity identity, HttpClient http) {}

    private RunningGateway assemble(Ready ready, GatewayFolder folder) throws IOException {
        var log = SegmentedLog.open(folder.outbox(), limits(ready.start.settings));
        try {
            return assemble(ready, folder, log);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private RunningGateway assemble(Ready ready, GatewayFolder folder, SegmentedLog log) throws IOException {
        var settings = ready.start.settings;
        var identity = ready.identity;
        var http = ready.http;
        var self = new Self(identity.gateway(), identity.site(), Clock.systemUTC());
        var models = new ModelFolder(folder.models(), settings.modelsMaxBytes());
        var upstream = new OciBuilds.Upstream(http, repositories(settings), Patience.DEFAULT);
        var builds = new OciBuilds(
                upstream,
                models,
                new TrustRoot(settings.trustRoot(), self.clock()),
                new EngineChoices(folder.engines()));
        var snapshots = new SnapshotFile(folder.snapshot(), log);
        log.drained(snapshots.drained());
        var inbox = new Inbox(places(settings), settings.inboxPolicy());
        var rules = new StatsRules(settings.statsGrace(), STATS_HOLD, STATS_OPEN);
        var memory = new GatewayMemory(rules, self.clock(), settings.clockSkew(), settings.maxDevices());
        var reservoirs = new Reservoirs(settings.reservoirSize(), settings.reservoirHorizon());
        var windows = new WindowFile(folder.windows(), ready.start.seal);
        restore(reservoirs, windows);
        var covered = recover(new Recovery.Target(memory, reservoirs), snapshots, log, builds);

        traces = OtlpTraces.of(settings.traceUrl().map(URI::toString), settings.traceShare(), self);
        var metrics = new MicrometerMetrics(meters, traces.<Traces>map(t -> t).orElse(Traces.NONE));
        metrics.watch(meters, log);
        InboxMeters.watch(meters, inbox);
        DeviceMeters.watch(meters, memory);
        var glimpses = new GlimpseDesk();
        var inference = new Inference(
                self, metrics, new ShadowBudget(settings.shadowPercent() / 100.0), glimpses, System::nanoTime);
        var pipeline = new Pipeline(self, memory, reservoirs, inference, metrics);
        if (Runtime.getRuntime().availableProcessors() > 1) {
            pipeline.decodeAhead(Executors.newSingleThreadExecutor(new DaemonThreads("frame-decoder")));
        }
        var saved = new Snapshots(snapshots, windows, self.clock(), metrics, covered);
        var intake = new Intake(inbox, new Pace(settings.outboxDelay()));
        var loop = new PipelineLoop(pipeline, intake, log, saved, metrics);

        var fleet = new FleetClient(http, settings.fleetUrl(), identity.gateway(), identity.secret());
        var keeping =
                new AssignmentFollower.Keeping(new SlotFile(folder.slots()), builds, new ModelMeters(meters, models));
        var follower = new AssignmentFollower(self, fleet, keeping, loop);
        var giving = new Giving(loop::giving, new SampleUpload(http, settings.registryUrl(), self.gateway()));
        var desk = new CalibrationDesk(
                self, builds, new CalibrationDesk.Share(loop, settings.calibrationPercent()), loop::models, giving);
        var sinks = new KafkaSinks(
                bootstrapServers, traces.<PublishTraces>map(t -> t).orElse(PublishTraces.NONE));
        return new RunningGateway(
                self,
                new RunningGateway.Parts(
                        folder,
                        log,
                        loop,
                        follower,
                        () -> channels.open(desk),
                        new OutboxDrain(log, new DrainMark(folder.drainMark()), sinks, DRAIN_DELAY),
                        new MqttSource(mqtt(settings, identity), inbox, loop::filters),
                        new CameraSources(
                                self.site(),
                                inbox,
                                loop::running,
                                new CameraSources.Means(http, folder.sources(), metrics::dropped)),
                        new Glimpser(
                                glimpses, new Thumbnail(FrameDecoder.mostPixels()), fleet, new GlimpseMeters(meters))),
                memory.counters(),
                new RunningGateway.Pulse(settings.heartbeat(), channels::heartbeat, metrics::heartbeatFailed),
                metrics);
    }

    private static Repositories repositories(GatewaySettings settings) {
        return settings.builds()
                .map(Repositories::under)
                .orElseGet(() -> Repositories.ofPlumbline(settings.registryUrl()));
    }

    /** Recent windows are worth having and not worth a failed start. */
    private static void restore(Reservoirs reservoirs, WindowFile windows) throws IOException {
        try {
            windows.load().ifPresent(reservoirs::restore);
        } catch (MalformedMessageException e) {
            LOG.warnf("windows-forgotten reason=%s", e.getMessage());
        }
    }

    private static long recover(Recovery.Target target, SnapshotFile snapshots, SegmentedLog log, OciBuilds builds)
            throws IOException {
        var recovery = Recovery.into(target, snapshots, log, builds);
        for (var loss : recovery.losses()) {
            log.drop(loss);
        }
        LOG.infof(
                "recovered snapshot=%d replayed=%d lost=%d counters=%s",
                recovery.snapshot(),
                recovery.replayed(),
                recovery.lost(),
                target.memory().counters().view(log.pending()));
        return Math.min(recovery.snapshot(), log.end());
    }

    private static LogLimits limits(GatewaySettings settings) {
        return new LogLimits(
                SEGMENT_BYTES, settings.outboxMaxBytes(), settings.outboxMaxAge(), settings.outboxPolicy());
    }

    /** The broker sends no more than it may without an acknowledgement: an inbox for all of that never drops anything. */
    private static int places(GatewaySettings settings) {
        return settings.inboxPolicy() == Overflow.BLOCK ? RECEIVE_MAXIMUM : RECEIVE_MAXIMUM / 2;
    }

    private static MqttTarget mqtt(GatewaySettings settings, Identity identity) {
        return new MqttTarget(
                settings.mqttUrl().toString(), identity.gateway().value(), RECEIVE_MAXIMUM, SESSION_EXPIRY);
    }
}
