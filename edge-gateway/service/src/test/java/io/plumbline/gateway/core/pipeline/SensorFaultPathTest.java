package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SensorFaultPathTest {

    private static final DeviceId ONE = new DeviceId("north-1");
    private static final DeviceId TWO = new DeviceId("north-2");

    private final PipelineBench bench = new PipelineBench();
    private final Pipeline pipeline = bench.pipeline;

    @BeforeEach
    void activate() {
        bench.activate("one");
    }

    @Test
    void aSensorWhoseValueNeverChangesIsInTheDeltaOfItsWindow() {
        // Given: 60 readings make a window; the temperature moves, the humidity does not
        for (int i = 0; i < 70; i++) {
            pipeline.handle(Motes.reading("north-1", i, 45, i % 7));
            pipeline.handle(Motes.reading("north-2", i, i % 5, i % 7));
        }

        // When
        var deltas = deltas();

        // Then
        assertThat(deltas.get(0).key().windowStart()).isEqualTo(Motes.START);
        assertThat(deltas.get(0).readings()).isEqualTo(120);
        assertThat(deltas.get(0).faults().faults()).containsExactly(SensorFault.one(ONE, "humidity", Kind.FLAT));
        assertThat(deltas.get(1).faults().faults()).isEmpty();
    }

    @Test
    void refusedValuesAreDeadLettersAndCountedInTheWindowOfTheirTime() {
        // Given
        pipeline.handle(Motes.reading("north-1", 1, 45, 20));
        pipeline.handle(Motes.reading("north-1", 2, 101, 20));
        pipeline.handle(Motes.reading("north-1", 3, 45, 126));
        pipeline.handle(Motes.reading("north-1", 4, 45, 127));
        pipeline.handle(Motes.message(
                "north-2", "{\"seq\":5,\"time\":\"" + Motes.time(5) + "\",\"values\":[NaN,20]}", Motes.delivery(6, 0)));

        // When
        var delta = deltas().get(0);

        // Then
        assertThat(delta.readings()).isEqualTo(1);
        assertThat(delta.faults().faults())
                .containsExactlyInAnyOrder(
                        SensorFault.one(ONE, "humidity", Kind.OUT_OF_RANGE),
                        SensorFault.one(ONE, "temperature", Kind.OUT_OF_RANGE)
                                .plus(SensorFault.one(ONE, "temperature", Kind.OUT_OF_RANGE)),
                        SensorFault.one(TWO, "humidity", Kind.NOT_FINITE));
        assertThat(bench.memory.counters().view(0).deadLetters()).isEqualTo(4);
    }

    @Test
    void aDeviceThatFallsSilentIsToldInTheNewestWindowOfItsStream() {
        // Given
        pipeline.lookForSilence(true);
        speak("north-1", 1);
        speak("north-2", 1);

        // When
        for (int i = 2; i <= 12; i++) {
            bench.clock.advance(Duration.ofSeconds(5));
            speak("north-1", i);
            pipeline.lookForSilence(true);
        }

        // Then
        assertThat(deltas().get(0).faults().faults()).containsExactly(SensorFault.one(TWO, "", Kind.SILENT));
    }

    @Test
    void theSilenceOfAllDevicesIsSentThoughNoReadingFollows() {
        // Given
        pipeline.lookForSilence(true);
        speak("north-1", 1);
        pipeline.tick();
        bench.clock.advance(Duration.ofSeconds(6));
        pipeline.tick();
        pipeline.takeRecords();

        // When
        bench.clock.advance(Duration.ofMinutes(1));
        pipeline.lookForSilence(true);
        bench.clock.advance(Duration.ofSeconds(6));
        pipeline.tick();

        // Then
        assertThat(taken()).singleElement().satisfies(delta -> {
            assertThat(delta.readings()).isZero();
            assertThat(delta.faults().faults())
                    .containsExactlyInAnyOrder(
                            SensorFault.one(ONE, "", Kind.SILENT), SensorFault.one(TWO, "", Kind.SILENT));
        });
    }

    @Test
    void faultsThatWereNotSentOutliveARestart() {
        // Given
        for (int i = 0; i < 70; i++) {
            pipeline.handle(Motes.reading("north-1", i, 45, i % 7));
        }

        // When
        var restored = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));
        restored.restore(bench.memory.toBytes());

        // Then
        assertThat(restored.toBytes()).isEqualTo(bench.memory.toBytes());
        assertThat(restored.stream(Motes.CLIMATE)
                        .stats()
                        .all(() -> 1)
                        .get(0)
                        .faults()
                        .faults())
                .containsExactly(SensorFault.one(ONE, "humidity", Kind.FLAT));
    }

    private void speak(String device, int sequence) {
        var delivery = new Incoming.Delivery(sequence, 0, bench.clock.instant(), () -> {});
        var reading = Motes.reading(device, sequence, sequence, 20);
        pipeline.handle(new Incoming(reading.topic(), reading.payload(), delivery));
    }

    private List<StatsDelta> deltas() {
        pipeline.flushStats();
        return taken();
    }

    private List<StatsDelta> taken() {
        return pipeline.takeRecords().stream()
                .filter(record -> record.kind() == RecordKind.STATS)
                .map(record -> StatsDelta.from(record.value()))
                .toList();
    }
}
