package io.plumbline.contract.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaLoader;
import io.plumbline.contract.Golden;
import io.plumbline.contract.Samples;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import okio.FileSystem;
import org.junit.jupiter.api.Test;

class BinaryWireTest {

    private static final Path SCHEMA_FOLDER = Path.of("src/main/resources/io/plumbline/contract");

    @Test
    void aResultHasTheBytesItAlwaysHad() throws IOException {
        Golden.bytes("inference-result.hex", Samples.result().toBytes());
        assertThat(InferenceResult.from(Golden.bytes("inference-result.hex"))).isEqualTo(Samples.result());
    }

    @Test
    void theResultOfAFrameHasTheBytesItAlwaysHad() throws IOException {
        Golden.bytes("inference-result-frame.hex", Samples.frameResult().toBytes());
        assertThat(InferenceResult.from(Golden.bytes("inference-result-frame.hex")))
                .isEqualTo(Samples.frameResult());
    }

    @Test
    void aReaderThatKnowsOnlyTheSchemaUnderstandsTheResultOfAFrame() throws IOException {
        var frame =
                map(read("plumbline.v1.InferenceResult", Samples.frameResult().toBytes())
                        .get("frame"));
        assertThat(frame)
                .containsEntry("width", 640L)
                .containsEntry("height", 480L)
                .containsEntry("bytes", 41_234L)
                .containsEntry("dropped", 2L);
        assertThat(map(list(frame.get("found")).get(0)))
                .containsEntry("label", "person")
                .containsEntry("score", 0.75)
                .containsEntry("x1", 0.25)
                .containsEntry("y1", 0.5)
                .containsEntry("x2", 0.375)
                .containsEntry("y2", 1.0);
    }

    @Test
    void aResultWithoutPredictionComesBackWithoutOne() {
        var filling = Samples.result(Optional.empty());
        assertThat(InferenceResult.from(filling.toBytes())).isEqualTo(filling);
    }

    @Test
    void aStatsDeltaHasTheBytesItAlwaysHad() throws IOException {
        Golden.bytes("stats-delta.hex", Samples.stats().toBytes());
        assertThat(StatsDelta.from(Golden.bytes("stats-delta.hex"))).isEqualTo(Samples.stats());
    }

    @Test
    void aStatsDeltaWithFaultsHasTheBytesItAlwaysHad() throws IOException {
        Golden.bytes("stats-delta-faults.hex", Samples.faultyStats().toBytes());
        assertThat(StatsDelta.from(Golden.bytes("stats-delta-faults.hex"))).isEqualTo(Samples.faultyStats());
    }

    @Test
    void confidenceIsPartOfTheStatistics() throws IOException {
        Golden.bytes("stats-delta-confidence.hex", Samples.confidentStats().toBytes());
        assertThat(StatsDelta.from(Golden.bytes("stats-delta-confidence.hex"))).isEqualTo(Samples.confidentStats());
    }

    @Test
    void aReaderThatKnowsOnlyTheSchemaUnderstandsFaultsOfSensors() throws IOException {
        var fields = read("plumbline.v1.StatsDelta", Samples.faultyStats().toBytes());
        var faults = map(fields.get("faults"));
        assertThat(faults).containsEntry("further_devices", 2L);
        assertThat(map(list(faults.get("faults")).get(0)))
                .containsEntry("device", "north-4")
                .containsEntry("feature", "humidity")
                .containsEntry("kind", "STUCK")
                .containsEntry("count", 31L);
        assertThat(map(list(faults.get("faults")).get(1))).containsEntry("kind", "SILENT");
    }

    @Test
    void aFaultOfAKindThatANewerWriterKnowsIsLeftOut() {
        var newer = new Buffer().write(Samples.stats().toBytes());
        newer.writeByte(0x3A).writeByte(6); // field 7, SensorFaults
        newer.writeByte(0x0A).writeByte(4); // one SensorFault
        newer.writeByte(0x18).writeByte(99).writeByte(0x20).writeByte(1); // kind 99, count 1
        assertThat(StatsDelta.from(newer.readByteArray())).isEqualTo(Samples.stats());
    }

    @Test
    void aReaderThatKnowsOnlyTheSchemaUnderstandsAResult() throws IOException {
        var fields = read("plumbline.v1.InferenceResult", Samples.result().toBytes());
        assertThat(fields)
                .containsEntry("event", Samples.result().event().value())
                .containsEntry("device", "north-4")
                .containsEntry("build", Samples.BUILD.value())
                .containsEntry("event_time", Samples.AT.toEpochMilli())
                .containsEntry("latency_nanos", 41_000L)
                .containsEntry("prediction", Map.of("label", "event", "score", 0.875));
    }

    @Test
    void aReaderThatKnowsOnlyTheSchemaUnderstandsAStatsDelta() throws IOException {
        var fields = read("plumbline.v1.StatsDelta", Samples.stats().toBytes());
        assertThat(fields).containsEntry("readings", 240L);
        assertThat(map(fields.get("key")))
                .containsEntry("gateway", "gw-north")
                .containsEntry("window_millis", 300_000L)
                .containsEntry("sequence", 7L);
        var fidelity = map(fields.get("fidelity"));
        assertThat(fidelity).containsEntry("sum_absolute_delta", 1.25);
        assertThat(map(list(fidelity.get("classes")).get(1)))
                .containsEntry("label", "event")
                .containsEntry("compared", 2L)
                .containsEntry("agreed", 1L);
        assertThat(map(list(fidelity.get("clipping")).get(0)))
                .containsEntry("tensor", "act0")
                .containsEntry("clipped_values", 612L);
        assertThat(map(list(fields.get("features")).get(0)))
                .containsEntry("bins", List.of(1L, 0L, 239L))
                .containsEntry("sum_of_squares", 601_250.25);
        assertThat(list(fields.get("latency"))).hasSize(LatencyHistogram.BINS);
    }

    @Test
    void fieldsOfANewerWriterAreSkipped() {
        var newer = new Buffer().write(Samples.result().toBytes());
        newer.writeByte(0xA2).writeByte(0x06).writeByte(3).writeUtf8("new"); // field 100, length-delimited
        assertThat(InferenceResult.from(newer.readByteArray())).isEqualTo(Samples.result());
    }

    @Test
    void aTruncatedMessageIsRefusedOrKeepsItsIdentity() {
        var whole = Samples.stats().toBytes();
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            var outcome = catchThrowable(() -> assertThat(StatsDelta.from(cut).key())
                    .isEqualTo(Samples.stats().key()));
            if (outcome != null) {
                assertThat(outcome).as("cut after " + length + " bytes").isInstanceOf(MalformedMessageException.class);
            }
        }
    }

    @Test
    void aBrokenRuleIsAMalformedMessage() {
        assertThatThrownBy(() -> InferenceResult.from(new byte[0]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("InferenceResult: ");
    }

    private static Map<?, ?> readRaw(String type, byte[] bytes) throws IOException {
        var decoded = schema().protoAdapter(type, false).decode(bytes);
        return (Map<?, ?>) decoded;
    }

    private static Map<String, Object> read(String type, byte[] bytes) throws IOException {
        return map(readRaw(type, bytes));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static Schema schema() throws IOException {
        var loader = new SchemaLoader(FileSystem.SYSTEM);
        loader.initRoots(List.of(Location.get(SCHEMA_FOLDER.toString())), List.of());
        return loader.loadSchema();
    }
}
