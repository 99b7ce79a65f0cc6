package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.MutableClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineRecoveryTest {

    private final PipelineBench bench = new PipelineBench();
    private final MutableClock clock = bench.clock;
    private final GatewayMemory memory = bench.memory;
    private final Pipeline pipeline = bench.pipeline;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void snapshotAndRecordsGiveBackExactlyTheMemoryThatWasLost(long seed) {
        // Given
        var random = new Random(seed);
        var saved = memory.toBytes();
        var since = new ArrayList<OutboxRecord>();
        bench.activate("one");

        // When
        for (int i = 0; i < 300; i++) {
            step(random, i);
            since.addAll(pipeline.takeRecords());
            if (random.nextInt(40) == 0) {
                saved = memory.toBytes();
                since.clear();
            }
        }
        var recovered = new GatewayMemory(PipelineBench.RULES, clock, Duration.ofHours(1));
        recovered.restore(saved);
        since.forEach(record -> recovered.apply(
                record, (model, build) -> Optional.of(FakeModel.known()), (result, input, window) -> {}));

        // Then
        assertThat(recovered.toBytes()).isEqualTo(memory.toBytes());
        assertThat(recovered.counters().view(0)).isEqualTo(memory.counters().view(0));
    }

    @Test
    void replayedRecordsRefillTheReservoirThatTheKillEmptied() {
        // Given
        bench.activate("one");
        var written = new ArrayList<OutboxRecord>();
        for (int i = 0; i < 400; i++) {
            pipeline.handle(Motes.reading(i % 2 == 0 ? "north-1" : "north-2", i / 2, i % 100, i % 40));
            written.addAll(pipeline.takeRecords());
        }
        var model = Motes.stream("one").model();
        var before = pipeline.reservoirs().of(model);

        // When
        var recovered = new GatewayMemory(PipelineBench.RULES, clock, Duration.ofHours(1));
        var reservoirs = new Reservoirs(64, Duration.ofHours(1));
        written.forEach(
                record -> recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));

        // Then
        assertThat(before.calibration()).isNotEmpty();
        assertThat(reservoirs.of(model)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 200, 399})
    void windowsThatWereSavedAndRecordsSinceThenGiveTheSameReservoir(int savedAt) {
        // Given
        bench.activate("one");
        var saved = new byte[0];
        var since = new ArrayList<OutboxRecord>();
        var snapshot = memory.toBytes();
        for (int i = 0; i < 400; i++) {
            pipeline.handle(Motes.reading(i % 2 == 0 ? "north-1" : "north-2", i / 2, i % 100, i % 40));
            since.addAll(pipeline.takeRecords());
            if (i == savedAt) {
                saved = pipeline.reservoirs().toBytes().orElseThrow();
                snapshot = memory.toBytes();
                since.clear();
            }
        }
        var model = Motes.stream("one").model();

        // When
        var recovered = new GatewayMemory(PipelineBench.RULES, clock, Duration.ofHours(1));
        recovered.restore(snapshot);
        var reservoirs = new Reservoirs(64, Duration.ofHours(1));
        reservoirs.restore(saved);
        since.forEach(
                record -> recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));
        pipeline.handle(Motes.reading("north-1", 200, 50, 20));
        pipeline.takeRecords().stream()
                .forEach(record ->
                        recovered.apply(record, (name, build) -> Optional.of(FakeModel.known()), reservoirs::add));

        // Then
        assertThat(reservoirs.of(model)).isEqualTo(pipeline.reservoirs().of(model));
    }

    @Test
    void windowsOfAStreamThatHasNotSpokenSinceTheStartAreSavedAgain() {
        // Given
        bench.activate("one");
        for (int i = 0; i < 100; i++) {
            pipeline.handle(Motes.reading("north-1", i, i, i % 40));
        }
        var saved = pipeline.reservoirs().toBytes().orElseThrow();
        var restarted = new Reservoirs(64, Duration.ofHours(1));
        restarted.restore(saved);

        // When
        var again = restarted.toBytes().orElseThrow();

        // Then
        assertThat(again).isEqualTo(saved);
    }

    @Test
    void aSnapshotFromBeforeThereWereFramesIsRead() {
        // Given: version 1 had three counters, and what is behind the devices was not read
        bench.activate("one");
        for (int i = 0; i < 40; i++) {
            pipeline.handle(Motes.reading("north-1", i, i, i % 40));
        }
        var now = ByteBuffer.wrap(memory.toBytes());
        var before = ByteBuffer.allocate(now.capacity() - 2 * Long.BYTES);
        before.put((byte) 1).put(now.slice(1, 3 * Long.BYTES));
        before.put(now.slice(1 + 5 * Long.BYTES, now.capacity() - 1 - 5 * Long.BYTES));

        // When
        var recovered = new GatewayMemory(PipelineBench.RULES, clock, Duration.ofHours(1));
        recovered.restore(before.array());

        // Then
        var paces = 2 * Integer.BYTES + Long.BYTES;
        var runs = Integer.BYTES + 2 * (Float.BYTES + Integer.BYTES) + Long.BYTES + Integer.BYTES + paces;
        assertThat(recovered.toBytes()).startsWith(Arrays.copyOf(memory.toBytes(), memory.toBytes().length - runs));
    }

    @Test
    void savedWindowsAreWrittenAgainOnlyWhenAQuarterHasChanged() {
        bench.activate("one");
        for (int i = 0; i < 100; i++) {
            pipeline.handle(Motes.reading("north-1", i, i, i % 40));
        }
        assertThat(pipeline.reservoirs().isWorthSaving()).isTrue();
        pipeline.reservoirs().toBytes();
        assertThat(pipeline.reservoirs().isWorthSaving()).isFalse();
    }

    private void step(Random random, int i) {
        var device = random.nextBoolean() ? "north-1" : "north-2";
        if (random.nextInt(10) == 0) {
            clock.failAfter(random.nextInt(3));
            pipeline.handle(Motes.reading(device, i, 50, 20));
            clock.failAfter(-1);
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> pipeline.handle(Motes.message(device, "rubbish " + i, Motes.delivery(1 + i, 0)));
            case 1 -> bench.activate("build-" + i);
            case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(4)));
            case 3 -> pipeline.tick();
            case 4 -> pipeline.dropped(random.nextInt(5));
            default -> pipeline.handle(Motes.reading(device, i, random.nextInt(100), random.nextInt(40)));
        }
    }
}
