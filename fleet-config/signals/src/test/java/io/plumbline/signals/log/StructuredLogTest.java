package io.plumbline.signals.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The filter with the formatter and the settings that services have. */
class StructuredLogTest {

    private static final String OURS = "io.plumbline.gateway.Some";

    @AfterEach
    void forget() {
        StructuredLog.ofProcess(Map.of());
    }

    @Test
    void aLineHasItsFrameAndItsFields() throws IOException {
        // Given
        StructuredLog.ofProcess(Map.of(LogKey.GATEWAY, "gw-1", LogKey.SITE, "north"));

        // When
        var line =
                written(record(OURS, "build-condemned build=%s reason=%s", "sha256:00", "it \"broke\"\nthe process"));

        // Then
        assertThat(names(line))
                .containsExactlyInAnyOrder("timestamp", "level", "logger", "thread", "message", "fields");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo(OURS);
        assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(line.path("message").asText()).startsWith("build-condemned build=sha256:00 reason=it");
        assertThat(line.path("fields"))
                .isEqualTo(new ObjectMapper()
                        .valueToTree(Map.of(
                                "event",
                                "build-condemned",
                                "build",
                                "sha256:00",
                                "reason",
                                "it \"broke\"\nthe process",
                                "gateway",
                                "gw-1",
                                "site",
                                "north")));
    }

    @Test
    void aLineOfSomebodyElseHasTheFieldsOfTheProcessAlone() throws IOException {
        StructuredLog.ofProcess(Map.of(LogKey.GATEWAY, "gw-1"));
        var record = record("org.apache.kafka.Client", "connected-to model=%s", "x");
        record.putMdc("traceId", "0");

        assertThat(names(written(record).path("fields"))).containsExactly("gateway");
    }

    @Test
    void whatALineSaysItselfIsStrongerThanTheProcess() throws IOException {
        StructuredLog.ofProcess(Map.of(LogKey.GATEWAY, "gw-1"));

        var line = written(record(OURS, "enrolled gateway=%s", "gw-2"));

        assertThat(line.at("/fields/gateway").asText()).isEqualTo("gw-2");
    }

    @Test
    void secretsAreInNoPartOfALine() throws IOException {
        // Given
        var record = record(OURS, "camera-stream-ended url=%s reason=%s", "http://u:hunter2@c/1", "password=hunter2");
        record.setThrown(new IOException(
                "http://u:hunter2@c/1", new IllegalStateException("token=hunter2", new IOException("plain"))));

        // When
        var line = written(record);

        // Then
        assertThat(line.toString()).doesNotContain("hunter2").contains("***");
        assertThat(line.path("stackTrace").asText())
                .contains(
                        "IOException: http://***@c/1", "IllegalStateException: token=***", "plain", "at io.plumbline");
    }

    @Test
    void aFailureWithoutASecretIsToldAsItIs() throws IOException {
        var record = record(OURS, "look-failed");
        record.setThrown(new IOException("disk full"));

        assertThat(written(record).path("stackTrace").asText()).contains("java.io.IOException: disk full");
    }

    private static ExtLogRecord record(String logger, String template, Object... arguments) {
        var record = new ExtLogRecord(Level.INFO, template, FormatStyle.PRINTF, StructuredLogTest.class.getName());
        record.setLoggerName(logger);
        record.setParameters(arguments);
        return record;
    }

    private static JsonNode written(ExtLogRecord record) throws IOException {
        assertThat(new StructuredLog().isLoggable(record)).isTrue();
        var settings = settings();
        var prefix = "quarkus.log.console.json.";
        var formatter = new JsonFormatter(
                settings.getProperty(prefix + "key-overrides"),
                Set.of(settings.getProperty(prefix + "excluded-keys").split(",")),
                Map.of());
        formatter.setZoneId(settings.getProperty(prefix + "zone-id"));
        formatter.setExceptionOutputType(JsonFormatter.ExceptionOutputType.FORMATTED);
        var text = formatter.format(record);
        assertThat(text.strip()).doesNotContain("\n");
        return new ObjectMapper().readTree(text);
    }

    private static Properties settings() throws IOException {
        var root = Path.of(System.getProperty("plumbline.root", "../.."));
        var settings = new Properties();
        try (var in =
                Files.newInputStream(root.resolve("fleet-config/service/src/main/resources/application.properties"))) {
            settings.load(in);
        }
        return settings;
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
