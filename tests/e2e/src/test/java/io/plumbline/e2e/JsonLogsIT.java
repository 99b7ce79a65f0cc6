package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four services, started as they are shipped: whatever they write is JSON with keys of the dictionary, and tells no secret. */
class JsonLogsIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HIDDEN = "hunter2-0123456789";
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| .+ \\|$");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyLineOfEveryServiceIsJsonWithKeysOfTheDictionary() throws Exception {
        var brokers = Brokers.start(new Installation(ROOT), folder);
        try {
            // Given
            var kafka = brokers.ports().bootstrapServers();
            var others = List.of(
                    start(ServiceKind.REGISTRY, kafka, "registry.data-dir", "registry"),
                    start(ServiceKind.FLEET, kafka, "fleet.data-dir", "fleet", "fleet.database-password", HIDDEN),
                    start(ServiceKind.PROCESSOR, kafka, "processor.state-dir", "state"));
            var gateway = gateway(kafka);

            // When
            for (var service : others) {
                service.awaitReady();
            }
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(lines(gateway))
                            .extracting(line -> line.at("/fields/event").asText())
                            .contains("fleet-unavailable"));
            gateway.process().stop(Duration.ofSeconds(20));
            others.forEach(service -> service.process().stop(Duration.ofSeconds(20)));

            // Then
            for (var service : others) {
                theLinesAreInOrder(service);
            }
            theLinesAreInOrder(gateway);
            itKnowsItsName(gateway);
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    private static void theLinesAreInOrder(Service service) throws IOException {
        assertThat(lines(service)).isNotEmpty().allSatisfy(JsonLogsIT::hasItsKeys);
        assertThat(Files.readString(service.process().log())).doesNotContain(HIDDEN);
    }

    private static void itKnowsItsName(Service gateway) throws IOException {
        assertThat(lines(gateway))
                .filteredOn(line -> line.at("/fields/event").asText().equals("stopped"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.at("/fields/gateway").asText()).isEqualTo("gw-1");
                    assertThat(line.at("/fields/site").asText()).isEqualTo("north");
                });
    }

    private Service gateway(String kafka) throws Exception {
        var nobody = "127.0.0.1:" + FreePorts.take(1).get(0);
        return start(
                ServiceKind.GATEWAY,
                kafka,
                "gateway.id",
                "gw-1",
                "gateway.site",
                "north",
                "gateway.data-dir",
                "gateway",
                "gateway.mqtt-url",
                "tcp://" + nobody,
                "gateway.registry-url",
                "http://" + nobody,
                "gateway.fleet-url",
                "http://camera:" + HIDDEN + "@" + nobody,
                "gateway.trust-root",
                "trust.json");
    }

    private Service start(ServiceKind kind, String kafka, String... settings) throws Exception {
        var all = new HashMap<>(Map.of("kafka.bootstrap.servers", kafka, "plumbline.log.format", "json"));
        for (int i = 0; i < settings.length; i += 2) {
            var value = settings[i + 1];
            var isPath = settings[i].endsWith("-dir") || settings[i].endsWith("trust-root");
            all.put("plumbline." + settings[i], isPath ? folder.resolve(value).toString() : value);
        }
        return Service.start(
                new Installation(ROOT),
                Service.Program.of(kind, kind.name().toLowerCase(java.util.Locale.ROOT)),
                folder.resolve("logs"),
                all);
    }

    /** What the service wrote; Java itself and its agents are no part of it. */
    private static List<JsonNode> lines(Service service) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var text : Files.readAllLines(service.process().log())) {
            if (!text.startsWith("Picked up ") && !text.startsWith("OpenJDK ") && !text.startsWith("WARNING: ")) {
                lines.add(JSON.readTree(text));
            }
        }
        return lines;
    }

    private static void hasItsKeys(JsonNode line) {
        assertThat(names(line))
                .isSubsetOf(told("## Frame"))
                .contains("timestamp", "level", "service", "logger", "message");
        assertThat(names(line.path("fields"))).isSubsetOf(told("## Fields"));
        if (line.path("logger").asText().startsWith("io.plumbline.")) {
            assertThat(line.at("/fields/event").asText()).isNotBlank();
        }
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> told(String chapter) {
        try (var lines = Files.lines(ROOT.resolve("docs/logs.md"))) {
            return lines.dropWhile(line -> !line.equals(chapter))
                    .skip(1)
                    .takeWhile(line -> !line.startsWith("## "))
                    .map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> row.group(1))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
