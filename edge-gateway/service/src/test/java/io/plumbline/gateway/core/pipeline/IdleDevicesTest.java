package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that remembers two devices. */
class IdleDevicesTest {

    private final PipelineBench bench = new PipelineBench();
    private final GatewayMemory memory = memory();
    private final Pipeline pipeline = bench.pipeline(memory);
    private final List<OutboxRecord> written = new ArrayList<>();

    private GatewayMemory memory() {
        return new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1), 2);
    }

    private static StreamAssignment stream(String... devices) {
        var usual = Motes.stream("one");
        return new StreamAssignment(
                usual.stream(),
                usual.topic(),
                Stream.of(devices).map(DeviceId::new).toList(),
                usual.model(),
                usual.build(),
                usual.shadowShare(),
                usual.statsWindow(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void activate(String... devices) {
        pipeline.activate(
                stream(devices),
                FakeModel.build("one"),
                new GatewayEvent.Started(bench.self.gateway(), bench.self.site(), Motes.START));
        written.addAll(pipeline.takeRecords());
    }

    /** Whether the last of these readings completed a window. */
    private boolean send(String device, int from, int count) {
        for (int i = from; i < from + count; i++) {
            pipeline.handle(Motes.reading(device, i, i % 100, 20));
        }
        var records = pipeline.takeRecords();
        written.addAll(records);
        return records.stream()
                .filter(record -> record.kind() == RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()).prediction().isPresent())
                .reduce(false, (before, last) -> last);
    }

    @Test
    void theOldestIdleDeviceLeavesAndIsCounted() {
        // Given
        activate("a", "b", "c");
        assertThat(send("b", 0, 16)).isTrue();
        assertThat(send("a", 0, 16)).isTrue();
        send("b", 16, 1);

        // When
        send("c", 0, 1);

        // Then
        assertThat(memory.evicted()).isEqualTo(1);
        assertThat(memory.devices()).isEqualTo(2);
        assertThat(send("b", 17, 1)).isTrue();
        assertThat(send("a", 16, 1)).isFalse();
        assertThat(memory.evicted()).isEqualTo(2);
    }

    @Test
    void whatWasOnlyRefusedTakesNobodysPlace() {
        // Given
        activate("a", "b", "c");
        send("a", 0, 16);
        send("b", 0, 16);

        // When
        pipeline.handle(Motes.message("c", "rubbish", Motes.delivery(1, 0)));
        pipeline.takeRecords();

        // Then
        assertThat(send("b", 16, 1)).isTrue();
        assertThat(send("a", 16, 1)).isTrue();
    }

    @Test
    void whoLeavesTheAssignmentLeavesTheMemoryAlsoAfterACrash() {
        // Given
        activate("a", "b");
        send("a", 0, 16);
        send("b", 0, 16);

        // When
        pipeline.adjust(stream("b"));
        written.addAll(pipeline.takeRecords());

        // Then
        assertThat(memory.devices()).isEqualTo(1);
        assertThat(recovered(memory().toBytes()).devices()).isEqualTo(1);
        pipeline.adjust(stream("a", "b"));
        assertThat(send("b", 16, 1)).isTrue();
        assertThat(send("a", 16, 1)).isFalse();
        assertThat(memory.evicted()).isZero();
    }

    @Test
    void aStreamThatLeavesTheAssignmentLeavesTheMemoryAlsoAfterACrash() {
        // Given
        activate("a", "b");
        send("a", 0, 16);

        // When
        pipeline.remove(Motes.CLIMATE);
        written.addAll(pipeline.takeRecords());

        // Then
        assertThat(memory.streams()).isEmpty();
        assertThat(recovered(memory().toBytes()).streams()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterACrashTheSameDevicesAreRemembered(long seed) {
        // Given
        var random = new Random(seed);
        activate("a", "b", "c", "d");
        var saved = memory.toBytes();
        for (int i = 0; i < 200; i++) {
            send(List.of("a", "b", "c", "d").get(random.nextInt(random.nextInt(3) + 2)), i, 1);
            if (random.nextInt(50) == 0) {
                saved = memory.toBytes();
                written.clear();
            }
        }

        // Then
        assertThat(memory.evicted()).isPositive();
        assertThat(recovered(saved).toBytes()).isEqualTo(memory.toBytes());
    }

    private GatewayMemory recovered(byte[] saved) {
        var fresh = memory();
        fresh.restore(saved);
        written.forEach(record -> fresh.apply(
                OutboxRecord.from(record.toBytes()),
                (model, build) -> Optional.of(FakeModel.known()),
                (result, input, window) -> {}));
        return fresh;
    }
}
