package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.inbox.Pace;
import io.plumbline.gateway.core.outbox.Loss;
import io.plumbline.gateway.core.outbox.Outbox;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.snapshot.Snapshot;
import io.plumbline.gateway.core.snapshot.SnapshotStore;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineLoopTest {

    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final CountingMetrics metrics = new CountingMetrics();
    private final GatewayMemory memory = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));
    private final TestOutbox outbox = new TestOutbox();
    private final KeptSnapshot snapshots = new KeptSnapshot();
    private final Inbox inbox = new Inbox(512, Overflow.BLOCK);
    private volatile LongSupplier ticker = System::nanoTime;
    private final PipelineLoop loop = new PipelineLoop(
            SmallGateway.pipeline(self, memory, metrics, System::nanoTime),
            new Intake(inbox, new Pace(Duration.ofMillis(5), () -> ticker.getAsLong())),
            outbox,
            new Snapshots(snapshots, new KeptWindows(), self.clock(), metrics, 0),
            metrics);
    private final Thread thread = new Thread(loop);
    private final List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws InterruptedException {
        thread.start();
        activate("one");
    }

    @AfterEach
    void stop() throws InterruptedException {
        outbox.full = false;
        outbox.broken = false;
        loop.stop();
        thread.join();
    }

    @Test
    void acknowledgesInOrderAndOnlyWhatIsDurable() throws Exception {
        // Given: more than one batch waits
        outbox.full = true;
        await().untilAsserted(() -> assertThat(metrics.count("outboxFull")).isPositive());
        for (int i = 0; i < 300; i++) {
            send(i);
        }

        // When
        outbox.full = false;

        // Then
        await().untilAsserted(() -> assertThat(acknowledged).hasSize(300));
        assertThat(acknowledged).isSorted();
        assertThat(outbox.kinds()).filteredOn(kind -> kind == RecordKind.RESULT).hasSize(300);
        assertThat(outbox.appends()).isLessThan(20);
    }

    @Test
    void whatComesSoonAfterAnotherIsAnsweredTogether() throws Exception {
        // Given: time stands still just after the first
        var start = System.nanoTime();
        ticker = () -> start;
        send(0);
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L));
        var before = outbox.appends();

        // When
        send(1);
        send(2);

        // Then
        assertThat(outbox.appends()).isEqualTo(before);
        ticker = () -> start + Duration.ofMillis(5).toNanos();
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L, 1L, 2L));
        assertThat(outbox.appends()).isEqualTo(before + 1);
    }

    @Test
    void manyMessagesWaitForNothing() throws Exception {
        // Given
        var start = System.nanoTime();
        ticker = () -> start;
        send(0);
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L));

        // When
        for (int i = 1; i <= 128; i++) {
            send(i);
        }

        // Then
        await().untilAsserted(() -> assertThat(acknowledged).hasSize(129));
    }

    @Test
    void neitherASwapNorAStopWaitsForMessages() throws Exception {
        // Given
        var start = System.nanoTime();
        ticker = () -> start;
        send(0);
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L));
        send(1);

        // When
        activate("two");

        // Then
        assertThat(loop.running().get(Motes.CLIMATE).build()).isEqualTo(FakeModel.digest("two"));
        loop.stop();
        thread.join();
    }

    @Test
    void acknowledgesNothingWhileTheDiskRefusesAndEverythingOnceAfterwards() throws Exception {
        // Given
        outbox.broken = true;
        send(0);
        send(1);
        await().untilAsserted(() -> assertThat(metrics.count("outboxFailed")).isPositive());
        assertThat(acknowledged).isEmpty();
        assertThat(loop.trouble()).hasValueSatisfying(why -> assertThat(why).contains("no space left"));

        // When
        outbox.broken = false;

        // Then
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L, 1L));
        assertThat(loop.trouble()).isEmpty();
        assertThat(outbox.kinds()).filteredOn(kind -> kind == RecordKind.RESULT).hasSize(2);
    }

    @Test
    void aStopWhileTheDiskRefusesSavesNothingOfWhatItNeverTook() throws Exception {
        // Given
        outbox.broken = true;
        send(0);
        await().untilAsserted(() -> assertThat(metrics.count("outboxFailed")).isPositive());

        // When: the disk is back before the end, but the message's record was given up
        loop.stop();
        await().until(() -> !thread.isAlive());

        // Then: or the message, which comes again, would be taken for answered
        assertThat(acknowledged).isEmpty();
        assertThat(snapshots.load()).isEmpty();
    }

    @Test
    void takesNoMessageWhileTheOutboxIsFullButStillSwaps() throws Exception {
        // Given
        outbox.full = true;
        await().untilAsserted(() -> assertThat(metrics.count("outboxFull")).isPositive());
        send(0);

        // When
        activate("two");

        // Then
        assertThat(acknowledged).isEmpty();
        assertThat(loop.running().get(Motes.CLIMATE).build()).isEqualTo(FakeModel.digest("two"));
        outbox.full = false;
        await().untilAsserted(() -> assertThat(acknowledged).containsExactly(0L));
    }

    @Test
    void closesTheReplacedModelAndAtTheEndTheLastOne() throws Exception {
        // Given
        var first = FakeModel.build("two");
        var last = FakeModel.build("three");
        loop.activate(Motes.stream("two"), first, event("two"));

        // When
        loop.activate(Motes.stream("three"), last, event("three"));
        loop.stop();
        thread.join();

        // Then
        assertThat(((FakeModel) first.model()).closed()).isTrue();
        assertThat(((FakeModel) last.model()).closed()).isTrue();
    }

    @Test
    void swapsWhileReadingsFlowWithoutLosingOne() throws Exception {
        // When
        for (int i = 0; i < 500; i++) {
            send(i);
            if (i % 50 == 0) {
                activate("build-" + i);
            }
        }

        // Then
        await().untilAsserted(() -> assertThat(acknowledged).hasSize(500));
        assertThat(metrics.count("inferenceFailed")).isZero();
        assertThat(metrics.count("answered")).isEqualTo(485);
    }

    @Test
    void handsOutWindowsInTwoDisjointHalves() throws Exception {
        // Given
        for (int i = 0; i < 400; i++) {
            send(i);
        }
        await().untilAsserted(() -> assertThat(acknowledged).hasSize(400));

        // When
        var halves = loop.of(ClimateBuild.MODEL);

        // Then
        assertThat(halves.calibration().size() + halves.holdout().size()).isEqualTo(64);
        assertThat(halves.calibration()).isNotEmpty().doesNotContainAnyElementsOf(halves.holdout());
    }

    @Test
    void leavesASnapshotOfEverythingBehind() throws Exception {
        // Given
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        await().untilAsserted(() -> assertThat(acknowledged).hasSize(10));

        // When
        loop.stop();
        thread.join();

        // Then
        var snapshot = snapshots.load().orElseThrow();
        assertThat(snapshot.covers()).isEqualTo(outbox.end());
        var recovered = new GatewayMemory(RULES, self.clock(), Duration.ofHours(1));
        recovered.restore(snapshot.state());
        assertThat(recovered.counters().view(0).results()).isEqualTo(10);
    }

    private void send(long sequence) throws InterruptedException {
        var reading = Motes.reading("north-1", sequence, sequence / 10f, 20);
        inbox.put(new Incoming(
                reading.topic(), reading.payload(), new Incoming.Delivery((int) sequence + 1, 0, Motes.START, () -> {
                    assertThat(outbox.durable(Motes.event("north-1", sequence).value()))
                            .isTrue();
                    acknowledged.add(sequence);
                })));
    }

    private void activate(String build) throws InterruptedException {
        loop.activate(Motes.stream(build), FakeModel.build(build), event(build));
    }

    private GatewayEvent event(String build) {
        return new GatewayEvent.BuildActivated(
                self.gateway(),
                self.site(),
                self.clock().instant(),
                Motes.CLIMATE,
                ClimateBuild.MODEL,
                FakeModel.digest(build),
                1,
                Optional.empty());
    }

    private static final class TestOutbox implements Outbox {
        private final List<OutboxRecord> records = new ArrayList<>();
        private final Set<String> events = new HashSet<>();
        private int appends;
        private volatile boolean broken;
        private volatile boolean full;

        @Override
        public synchronized long append(List<OutboxRecord> more) throws IOException {
            if (broken) {
                throw new IOException("no space left on device");
            }
            appends++;
            var first = records.size();
            records.addAll(more);
            for (var record : more) {
                if (record.kind() == RecordKind.RESULT) {
                    events.add(InferenceResult.from(record.value()).event().value());
                }
            }
            return first;
        }

        private synchronized int appends() {
            return appends;
        }

        private synchronized List<RecordKind> kinds() {
            return records.stream().map(OutboxRecord::kind).toList();
        }

        private synchronized boolean durable(String event) {
            return events.contains(event);
        }

        @Override
        public boolean hasRoom() {
            return !full;
        }

        @Override
        public synchronized long end() {
            return records.size();
        }

        @Override
        public long pending() {
            return end();
        }

        @Override
        public Optional<Loss> oldest() {
            return Optional.empty();
        }

        @Override
        public void drop(Loss loss) {}

        @Override
        public void recoverable(long number) {}
    }

    private static final class KeptSnapshot implements SnapshotStore {
        private final AtomicReference<Optional<Snapshot>> kept = new AtomicReference<>(Optional.empty());

        @Override
        public void save(Snapshot snapshot) {
            kept.set(Optional.of(snapshot));
        }

        @Override
        public Optional<Snapshot> load() {
            return kept.get();
        }
    }
}
