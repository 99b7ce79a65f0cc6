package io.plumbline.registry.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.adapter.metrics.RegistryMeters;
import io.plumbline.registry.core.build.Catalog;
import io.plumbline.registry.core.build.InProcess;
import io.plumbline.registry.core.build.Publisher;
import io.plumbline.registry.core.build.VersionJobs;
import io.plumbline.registry.core.build.Workbench;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Fixtures;
import io.plumbline.registry.core.job.MemoryJobStore;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.recalibration.CandidateBuilder;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import io.plumbline.registry.core.signing.KeyFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkshopTest {

    private static final RegistryMeters METERS = new RegistryMeters(new SimpleMeterRegistry());

    private static final ModelName MODEL = new ModelName("m");
    private static final Digest BUILD = Digest.of(new byte[] {0});
    private static final SiteId NORTH = new SiteId("north");

    @TempDir
    Path folder;

    private VersionJobs jobs;

    @BeforeEach
    void open() throws Exception {
        var layout = ImageLayout.open(folder.resolve("layout"));
        var publisher = new Publisher(
                layout, KeyRing.open(folder, List.of(new KeyFile("key.json", Optional.empty())), Clock.systemUTC()));
        jobs = new VersionJobs(
                new Catalog(layout),
                publisher,
                Workbench.Tools.of(new InProcess()),
                Duration.ofMinutes(1),
                Clock.systemUTC());
    }

    @Test
    void theTimeOfATaskRunsOutWhileBuildsRunAndWait() throws Exception {
        // Given
        var outcomes = new LinkedBlockingQueue<RecalibrationEvent>();
        var built = new CompletableFuture<Void>();
        try (var workshop = new Workshop(jobs, METERS)) {
            var recalibrations = new Recalibrations(
                    new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofMillis(100)),
                    Pace.DEFAULT,
                    new MemoryJobStore(),
                    new Surroundings(task -> {}, outcomes::add, progress -> {}, order -> List.of(), workshop),
                    Clock.systemUTC());
            workshop.execute(built::join);
            workshop.execute(built::join);

            // When
            workshop.start(recalibrations);
            recalibrations.listening();
            recalibrations.heard(heartbeat());
            recalibrations.requested(new RecalibrationEvent.Requested(
                    "r-1", MODEL, Digest.of(new byte[] {1}), BUILD, List.of(NORTH), "stale", Instant.now()));

            // Then
            assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isInstanceOf(RecalibrationEvent.Refused.class);
            built.complete(null);
        }
    }

    /** Where gateways pull from a registry of others, that may be away for a quarter of an hour. */
    @Test
    void aRecalibrationThatWaitsForThePeerDoesNotHoldUpAVersion() throws Exception {
        // Given
        var waiting = new CompletableFuture<Consumer<Optional<String>>>();
        var builder = new CandidateBuilder() {
            @Override
            public List<Digest> build(Effect.Build order) {
                return List.of(Digest.of(new byte[] {2}));
            }

            @Override
            public void deliver(List<Digest> candidates, Consumer<Optional<String>> then) {
                waiting.complete(then);
            }
        };
        var outcomes = new LinkedBlockingQueue<RecalibrationEvent>();
        try (var workshop = new Workshop(jobs, METERS)) {
            var recalibrations = new Recalibrations(
                    new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofMinutes(1)),
                    Pace.DEFAULT,
                    new MemoryJobStore(),
                    new Surroundings(task -> {}, outcomes::add, progress -> {}, builder, workshop),
                    Clock.systemUTC());
            recalibrations.listening();
            recalibrations.heard(heartbeat());
            recalibrations.requested(new RecalibrationEvent.Requested(
                    "r-1", MODEL, Digest.of(new byte[] {1}), BUILD, List.of(NORTH), "stale", Instant.now()));
            recalibrations.answered(new CalibrationMessage.Observed(
                    "r-1", MODEL, new GatewayId("g"), NORTH, 100, Fixtures.histograms(1)));
            var then = waiting.get(10, TimeUnit.SECONDS);

            // Then: whatever else is to be built is built meanwhile
            assertThat(CompletableFuture.runAsync(() -> {}, workshop)).succeedsWithin(Duration.ofSeconds(10));
            assertThat(outcomes).isEmpty();

            // When
            then.accept(Optional.of("the peer is away"));

            // Then
            assertThat(outcomes.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RecalibrationEvent.Refused.class,
                            refused -> assertThat(refused.because())
                                    .isEqualTo("no candidate could be built: the peer is away"));
        }
    }

    @Test
    void workThatBreaksDoesNotKeepWhatFollowsFromBeingDone() {
        try (var workshop = new Workshop(jobs, METERS)) {
            workshop.execute(() -> {
                throw new OutOfMemoryError("Java heap space");
            });
            var done = CompletableFuture.runAsync(() -> {}, workshop);
            assertThat(done).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void workThatComesAfterTheEndIsLeftToTheNextStart() {
        var workshop = new Workshop(jobs, METERS);
        workshop.close();
        assertThatCode(() -> workshop.execute(() -> {})).doesNotThrowAnyException();
    }

    private static GatewayEvent heartbeat() {
        var stream = new GatewayEvent.RunningStream(new StreamId("s"), MODEL, BUILD);
        var counters = new GatewayCounters(0, 0, 0, 0, 0);
        return new GatewayEvent.Heartbeat(new GatewayId("g"), NORTH, Instant.now(), 1, List.of(stream), counters);
    }
}
