package io.plumbline.contract.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.Golden;
import io.plumbline.contract.JsonSchemas;
import io.plumbline.contract.Samples;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlWireTest {

    static Stream<String> messages() {
        return Samples.control().keySet().stream();
    }

    static Stream<Class<?>> types() {
        return JsonSchemas.TYPES.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aControlMessageReadsAndWritesAsItAlwaysDid(String name) throws IOException {
        var message = Samples.control().get(name);
        Golden.text(Golden.file(name + ".json"), Json.pretty(message) + "\n");
        var stored = Files.readAllBytes(Golden.file(name + ".json"));
        assertThat(Json.decode(stored, (Class<?>) JsonSchemas.rootOf(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("types")
    void thePublishedSchemaIsTheCodes(Class<?> type) throws IOException {
        Golden.text(JsonSchemas.file(type), JsonSchemas.generate(type));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageKeepsToThePublishedSchema(String name) throws IOException {
        var message = Samples.control().get(name);
        assertThat(JsonSchemas.violations(JsonSchemas.rootOf(message), Json.encode(message)))
                .isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheCodeRefuses() throws IOException {
        var noEvent = "{\"device\":\"north-1\",\"eventTime\":\"2026-01-02T03:04:05Z\",\"label\":\"event\"}";
        assertThat(JsonSchemas.violations(Label.class, noEvent.getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThatThrownBy(() -> Json.decode(noEvent.getBytes(StandardCharsets.UTF_8), Label.class))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("Label");
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 0, 2, 6, 2050, 65_540})
    void aNumberOfBinsThatNoHistogramCanHaveIsRefusedWhereTheTaskIsMade(int bins) {
        assertThatThrownBy(() ->
                        new CalibrationMessage.Observe("r-1", Samples.MODEL, Samples.BUILD, bins, 1, Optional.empty()))
                .hasMessage("bins " + bins + " must be a multiple of 4 from 4 to 65536");
        var written = new String(Json.encode(Samples.control().get("calibration-observe")), StandardCharsets.UTF_8)
                .replace("2048", String.valueOf(bins));
        assertThatThrownBy(() -> Json.decode(written.getBytes(StandardCharsets.UTF_8), CalibrationMessage.class))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("bins " + bins);
    }

    @Test
    void propertiesOfANewerWriterAreIgnored() {
        var newer = new String(Json.encode(Samples.control().get("label")), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"since\":\"v9\",");
        assertThat(Json.decode(newer.getBytes(StandardCharsets.UTF_8), Label.class))
                .isEqualTo(Samples.control().get("label"));
    }
}
