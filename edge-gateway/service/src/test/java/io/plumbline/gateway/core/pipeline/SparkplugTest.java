package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.PayloadLayout.Field;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparkplugTest {

    private static final int INT16 = 2;
    private static final int FLOAT = 9;

    private final PipelineBench bench = new PipelineBench();
    private Pipeline pipeline = bench.pipeline;

    @BeforeEach
    void start() {
        var layout = new PayloadLayout(
                PayloadLayout.Codec.SPARKPLUG,
                List.of(Field.of("humidity", "Environment/RH"), new Field("temperature", "T", 0.1, 0)),
                Optional.empty(),
                Optional.empty());
        pipeline.activate(
                Motes.sparkplug("one", layout),
                FakeModel.build("one"),
                new GatewayEvent.Started(bench.self.gateway(), bench.self.site(), Motes.START));
        pipeline.takeRecords();
    }

    @Test
    void aBirthIsAReadingAndDataAfterItNameMetricsByNumberAndTellOnlyWhatChanged() {
        // When
        handle("DBIRTH", birth(0, 45.5f, -12));
        handle("DDATA", message(1, number(7, 1).setFloatValue(46.5f)));
        handle("DDATA", message(2, number(8, 2).setIntValue(0xFFFF & -30)));
        var written = pipeline.takeRecords();

        // Then: what the birth says is noted once
        assertThat(written)
                .extracting(OutboxRecord::kind)
                .containsExactly(RecordKind.BIRTH, RecordKind.RESULT, RecordKind.RESULT, RecordKind.RESULT);
        var records = written.subList(1, 4);
        assertThat(records)
                .extracting(record -> ResultTrace.from(record.trace()).values())
                .containsExactly(new float[] {45.5f, -1.2f}, new float[] {46.5f, -1.2f}, new float[] {46.5f, -3f});
        assertThat(records)
                .extracting(record -> InferenceResult.from(record.value()).event())
                .containsExactly(Motes.event("north-1", 0), Motes.event("north-1", 1), Motes.event("north-1", 2));
    }

    @Test
    void metricsMayHaveTheirNamesInEveryMessage() {
        // When
        handle(
                "DDATA",
                message(
                        3,
                        named("Environment/RH", 3).setDoubleValue(50),
                        named("T", 3).setLongValue(200)));

        // Then
        assertThat(ResultTrace.from(pipeline.takeRecords().get(0).trace()).values())
                .containsExactly(50, 20);
    }

    @Test
    void numbersThatNoBirthNamedAreADeadLetterThatSaysSo() {
        // When
        handle("DDATA", message(1, number(7, 1).setFloatValue(46.5f)));

        // Then
        var letter = DeadLetter.from(pipeline.takeRecords().get(0).headers());
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.MALFORMED);
        assertThat(letter.detail()).contains("no birth certificate was seen", "rebirth");
    }

    @Test
    void whatHasNothingOfTheModelOrNoNumberIsADeadLetter() {
        // Given
        handle("DBIRTH", birth(0, 45.5f, -12));
        pipeline.takeRecords();

        // When
        handle("DDATA", message(1, named("Uptime", 1).setLongValue(9)));
        handle("DDATA", message(2, number(7, 2).setIsNull(true)));
        handle("DDATA", message(3, number(7, 3).setStringValue("damp")));

        // Then
        assertThat(pipeline.takeRecords())
                .extracting(record -> DeadLetter.from(record.headers()).detail())
                .satisfiesExactly(
                        detail -> assertThat(detail).contains("has none of the metrics", "Environment/RH"),
                        detail -> assertThat(detail).isEqualTo("humidity is not a number"),
                        detail -> assertThat(detail).isEqualTo("humidity is not a number"));
    }

    @Test
    void aBirthIsDurableWithItsReadingAndOutlivesACrashRightAfterIt() {
        // Given
        handle("DBIRTH", birth(0, 45.5f, -12));
        var recovered = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));

        // When: there is no snapshot, only the outbox
        pipeline.takeRecords()
                .forEach(record -> recovered.apply(
                        OutboxRecord.from(record.toBytes()),
                        (model, build) -> Optional.of(FakeModel.known()),
                        (result, input, window) -> {}));
        restart(recovered);
        handle("DDATA", message(1, number(8, 1).setIntValue(0xFFFF & -30)));

        // Then
        assertThat(ResultTrace.from(pipeline.takeRecords().get(0).trace()).values())
                .containsExactly(45.5f, -3f);
    }

    @Test
    void aBirthThatSaysNothingNewIsNotNotedAgain() {
        // Given
        handle("DBIRTH", birth(0, 45.5f, -12));
        pipeline.takeRecords();

        // When
        handle("DBIRTH", birth(1, 46f, -12));

        // Then
        assertThat(pipeline.takeRecords()).extracting(OutboxRecord::kind).containsExactly(RecordKind.RESULT);
    }

    @Test
    void birthsOutliveARestart() {
        // Given
        handle("DBIRTH", birth(0, 45.5f, -12));
        pipeline.takeRecords();
        var restored = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));
        restored.restore(bench.memory.toBytes());

        // When
        restart(restored);
        handle("DDATA", message(1, number(8, 1).setIntValue(0xFFFF & -30)));

        // Then
        assertThat(ResultTrace.from(pipeline.takeRecords().get(0).trace()).values())
                .containsExactly(45.5f, -3f);
    }

    private void restart(GatewayMemory memory) {
        pipeline = bench.pipeline(memory);
        start();
    }

    @Test
    void everyDamagedPayloadIsAResultOrADeadLetter() {
        // Given
        var good = birth(0, 45.5f, -12).toByteArray();
        var random = new Random(7);

        // When
        for (int i = 0; i < 2_000; i++) {
            var bytes = good.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            pipeline.handle(new Incoming("spBv1.0/north/DDATA/edge/north-1", bytes, Motes.delivery(1 + i, 0)));
        }

        // Then
        var counters = bench.memory.counters().view(0);
        assertThat(counters.results() + counters.deadLetters() + counters.redelivered())
                .isEqualTo(2_000);
        assertThat(bench.metrics.count("messageFailed")).isZero();
    }

    private void handle(String type, Payload payload) {
        pipeline.handle(new Incoming(
                "spBv1.0/north/" + type + "/edge/north-1",
                payload.toByteArray(),
                Motes.delivery((int) payload.getSeq() + 1, 0)));
    }

    private static Payload birth(int sequence, float humidity, int tenths) {
        return message(
                sequence,
                named("Environment/RH", sequence).setAlias(7).setDatatype(FLOAT).setFloatValue(humidity),
                named("T", sequence).setAlias(8).setDatatype(INT16).setIntValue(0xFFFF & tenths),
                named("Uptime", sequence).setAlias(9).setLongValue(5));
    }

    private static Payload message(int sequence, Metric.Builder... metrics) {
        var payload = Payload.newBuilder()
                .setTimestamp(Motes.time(sequence).toEpochMilli())
                .setSeq(sequence);
        for (var metric : metrics) {
            payload.addMetrics(metric);
        }
        return payload.build();
    }

    private static Metric.Builder named(String name, int sequence) {
        return Metric.newBuilder()
                .setName(name)
                .setTimestamp(Motes.time(sequence).toEpochMilli());
    }

    private static Metric.Builder number(long alias, int sequence) {
        return Metric.newBuilder()
                .setAlias(alias)
                .setTimestamp(Motes.time(sequence).toEpochMilli());
    }
}
