package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.adapter.disk.LogLimits;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.adapter.disk.SnapshotFile;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.inbox.Pace;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka is away, the outbox on disk is full, and the oldest may go. */
class FullOutboxTest {

    private static final int SENT = 3_000;
    private static final LogLimits LIMITS = new LogLimits(20_000, 100_000, Optional.empty(), Overflow.DROP_OLDEST);
    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final CountingMetrics metrics = new CountingMetrics();
    private final AtomicLong acknowledged = new AtomicLong();

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsInTheOutboxOrCountedAsLostAlsoAfterACrash() throws Exception {
        // Given
        var crashed = folder.resolve("crashed");
        try (var log = SegmentedLog.open(Files.createDirectories(folder.resolve("running")), LIMITS)) {
            var store = new SnapshotFile(folder.resolve("running/snapshot"), log);
            var memory = new GatewayMemory(RULES, self.clock(), Duration.ofDays(1));
            var loop = loop(memory, log, store);
            var thread = new Thread(loop);
            thread.start();
            loop.activate(Motes.stream("one"), FakeModel.build("one"), activated());

            // When
            send(loop, memory);
            await().until(log::hasRoom);
            copy(folder.resolve("running"), crashed);
            var lost = memory.counters().view(0).lost().orElse(0L);
            loop.stop();
            thread.join();

            // Then
            assertThat(lost).isPositive().isEqualTo(metrics.count("lost"));
            assertAccount(crashed, lost);
        }
    }

    private void send(PipelineLoop loop, GatewayMemory memory) throws InterruptedException {
        for (int i = 0; i < SENT; i++) {
            var reading = Motes.reading("north-1", i, i % 100, 20);
            inbox.put(new Incoming(
                    reading.topic(),
                    reading.payload(),
                    new Incoming.Delivery(1 + i % 60_000, 0, Motes.START, acknowledged::incrementAndGet)));
        }
        await().until(() -> acknowledged.get() == SENT);
        assertThat(memory.counters().view(0).results()).isEqualTo(SENT);
        assertThat(loop.running()).isNotEmpty();
    }

    private final Inbox inbox = new Inbox(512, Overflow.BLOCK);

    private PipelineLoop loop(GatewayMemory memory, SegmentedLog log, SnapshotStore store) {
        var pipeline = SmallGateway.pipeline(self, memory, metrics, System::nanoTime);
        // Nothing was ever handed to Kafka, and a snapshot is due after each batch.
        try {
            log.drainFrom(0).close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var snapshots = new Snapshots(store, new KeptWindows(), new Leaping(), metrics, 0);
        return new PipelineLoop(pipeline, new Intake(inbox, new Pace(Duration.ofMillis(1))), log, snapshots, metrics);
    }

    /** What recovery counts and what is left on the disk make up everything that was sent. */
    private void assertAccount(Path crashed, long lost) throws Exception {
        try (var log = SegmentedLog.open(crashed, LIMITS)) {
            var memory = new GatewayMemory(RULES, self.clock(), Duration.ofDays(1));
            var target = new Recovery.Target(memory, new Reservoirs(64, Duration.ofHours(1)));
            var recovery = Recovery.into(
                    target,
                    new SnapshotFile(crashed.resolve("snapshot"), log),
                    log,
                    (model, build) -> Optional.of(FakeModel.known()));
            for (var loss : recovery.losses()) {
                log.drop(loss);
            }
            assertThat(memory.counters().view(0).lost()).contains(lost);
            assertThat(events(log)).hasSize((int) (SENT - lost));
        }
    }

    private static Set<String> events(SegmentedLog log) throws IOException {
        var events = new HashSet<String>();
        log.replay(0, record -> {
            if (record.kind() == RecordKind.RESULT) {
                assertThat(events.add(
                                InferenceResult.from(record.value()).event().value()))
                        .isTrue();
            }
        });
        return events;
    }

    private GatewayEvent activated() {
        return new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                self.clock().instant(),
                Motes.CLIMATE,
                ClimateBuild.MODEL,
                FakeModel.digest("one"),
                1,
                Optional.empty());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file :
                    files.filter(file -> !file.toString().endsWith(".draft")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A minute passes whenever one looks. */
    private static final class Leaping extends Clock {
        private java.time.Instant now = Motes.START;

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.Instant instant() {
            now = now.plusSeconds(60);
            return now;
        }
    }
}
