package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.support.Cable;
import io.plumbline.support.Postgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged processor, registry and control plane say of themselves while what they need is away, and when it is back. */
class ReadinessIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theProcessorIsNotReadyWithoutKafkaAndSaysSo() throws Exception {
        // Given
        var brokers = Brokers.start(new Installation(ROOT), folder);
        var processor = start(ServiceKind.PROCESSOR, brokers, Map.of("plumbline.processor.state-dir", path("state")));
        try {
            processor.awaitReady();
            assertThat(ready(processor)).startsWith("200").contains("\"status\":\"UP\"");
            // When
            brokers.process().stop(Duration.ofSeconds(10));
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ready(processor))
                            .startsWith("503")
                            .contains("\"name\":\"kafka\",\"status\":\"DOWN\",\"data\":{\"reason\":"));
            assertThat(processor.process().isAlive()).isTrue();
            // When
            var again = Brokers.start(new Installation(ROOT), folder, brokers.ports());
            // Then
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ready(processor)).startsWith("200"));
            } finally {
                again.process().stop(Duration.ofSeconds(10));
            }
        } finally {
            processor.process().stop(Duration.ofSeconds(20));
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void theRegistryAndTheControlPlaneAreNotReadyWithoutTheirDatabaseAndSaySo() throws Exception {
        // Given
        var database = Postgres.emptyDatabase();
        var other = Postgres.emptyDatabase();
        var server = URI.create(database.substring("jdbc:".length()));
        var brokers = Brokers.start(new Installation(ROOT), folder);
        try (var cable = Cable.to(server)) {
            var registry = start(
                    ServiceKind.REGISTRY,
                    brokers,
                    Map.of(
                            "plumbline.registry.data-dir", path("registry"),
                            "plumbline.registry.database-url", through(cable, database)));
            var fleet = start(
                    ServiceKind.FLEET,
                    brokers,
                    Map.of(
                            "plumbline.fleet.data-dir", path("fleet"),
                            "plumbline.fleet.database-url", through(cable, other)));
            try {
                registry.awaitReady();
                fleet.awaitReady();
                // When
                cable.pull();
                // Then
                isDown(registry);
                isDown(fleet);
                // When
                cable.putBack();
                // Then
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ready(registry)).startsWith("200"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ready(fleet)).startsWith("200"));
            } finally {
                registry.process().stop(Duration.ofSeconds(20));
                fleet.process().stop(Duration.ofSeconds(20));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    private static void isDown(Service service) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ready(service))
                        .startsWith("503")
                        .contains("\"name\":\"database\",\"status\":\"DOWN\",\"data\":{\"reason\":")
                        .doesNotContain("password="));
        assertThat(service.process().isAlive()).isTrue();
    }

    /** The same database over the cable; PostgreSQL stands where its URL says. */
    private static String through(Cable cable, String database) {
        var server = URI.create(database.substring("jdbc:".length()));
        return database.replace(":" + server.getPort() + "/", ":" + cable.url().getPort() + "/");
    }

    /** Status and body, without white space. */
    private static String ready(Service service) throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.url().resolve("/q/health/ready"))
                                .timeout(Duration.ofSeconds(40))
                                .build(),
                        BodyHandlers.ofString());
        return answer.statusCode() + answer.body().replaceAll("\\s", "");
    }

    private Service start(ServiceKind kind, Brokers brokers, Map<String, String> settings) throws Exception {
        var all = new HashMap<>(settings);
        all.put("kafka.bootstrap.servers", brokers.ports().bootstrapServers());
        return Service.start(
                new Installation(ROOT),
                Service.Program.of(kind, kind.name().toLowerCase(Locale.ROOT)),
                folder.resolve("logs"),
                all);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
