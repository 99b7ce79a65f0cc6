package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.client.EnrolmentClient;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.client.ClientException;
import io.plumbline.contract.enrolment.InvitationRequest;
import io.plumbline.contract.enrolment.NewInvitation;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that no file names comes into the fleet with a token, as the processes that are shipped do it. */
class EnrolmentIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-north], devices: [north-1, north-2, north-3]}
            models:
              climate-event: {build: "sha256:%s"}
            streams:
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
            rollout: {}
            """.formatted("0".repeat(64));

    @TempDir
    private Path folder = Path.of("");

    private final String nobody = "127.0.0.1:" + FreePorts.take(1).get(0);
    private final List<Service> started = new ArrayList<>();
    private URI fleet = URI.create("http://127.0.0.1");

    EnrolmentIT() throws Exception {}

    @BeforeEach
    void startTheControlPlane() throws Exception {
        fleet = start(
                        ServiceKind.FLEET,
                        "fleet",
                        Map.of(
                                "plumbline.fleet.data-dir",
                                folder.resolve("fleet").toString()))
                .url();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> new FleetClient(fleet).apply(FLEET));
    }

    @AfterEach
    void stop() {
        started.forEach(service -> service.process().stop(Duration.ofSeconds(10)));
    }

    @Test
    void aGatewayComesInOnceAndIsThereAgainAfterARestart() throws Exception {
        // Given
        var token = Files.writeString(folder.resolve("token"), invite().token());
        var data = folder.resolve("gateway-1");

        // When
        var gateway = gateway("gateway-1", data, token);

        // Then
        var identity = data.resolve("identity.json");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(name(identity)).isPresent());
        var name = name(identity).orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(identity)))
                .isEqualTo("rw-------");
        assertThat(new FleetClient(fleet).overview().gateways())
                .extracting(one -> one.gateway())
                .contains(name);
        assertThat(get("/api/v1/gateways/" + name + "/assignment", "a guess").statusCode())
                .isEqualTo(401);
        var assignment = get("/api/v1/gateways/" + name + "/assignment", secret(identity));
        assertThat(Json.decode(assignment.body(), Assignment.class).streams()).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(page(gateway)).contains(name.value()).contains("control plane"));

        // When
        gateway.process().stop(Duration.ofSeconds(20));
        Files.delete(token);
        var again = start(ServiceKind.GATEWAY, "gateway-1-again", properties(data));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page(again)).contains(name.value()));
    }

    @Test
    void aSecondGatewayWithTheSameTokenEndsWithOneLine() throws Exception {
        // Given
        var token = Files.writeString(folder.resolve("token"), invite().token());
        var first = folder.resolve("gateway-1");
        gateway("gateway-1", first, token);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(name(first.resolve("identity.json"))).isPresent());

        // When
        var second = gateway("gateway-2", folder.resolve("gateway-2"), token);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second.process().isAlive()).isFalse());
        assertThat(Files.readString(folder.resolve("logs/gateway-2.log")))
                .contains("plumbline.gateway.join-token-file is '" + token
                        + "'; it is refused by the control plane: this token was used by gateway '")
                .doesNotContain("\tat io.plumbline")
                .doesNotContain(Files.readString(token));
    }

    private NewInvitation invite() throws ClientException {
        return new EnrolmentClient(fleet, Optional.empty())
                .invite(new InvitationRequest(
                        Optional.of(new SiteId("north")),
                        Map.of("hardware", "nuc"),
                        Duration.ofHours(1),
                        "ada",
                        "a new room"));
    }

    private Service gateway(String name, Path data, Path token) throws Exception {
        var properties = new HashMap<>(properties(data));
        properties.put("plumbline.gateway.join-token-file", token.toString());
        return start(ServiceKind.GATEWAY, name, properties);
    }

    private Map<String, String> properties(Path data) {
        return Map.of(
                "plumbline.gateway.data-dir", data.toString(),
                "plumbline.gateway.mqtt-url", "tcp://" + nobody,
                "plumbline.gateway.registry-url", "http://" + nobody,
                "plumbline.gateway.fleet-url", fleet.toString(),
                "plumbline.gateway.trust-root", folder.resolve("trust.json").toString());
    }

    private Service start(ServiceKind kind, String name, Map<String, String> own) throws Exception {
        var properties = new HashMap<>(own);
        properties.put("kafka.bootstrap.servers", nobody);
        var service = Service.start(
                new Installation(ROOT), Service.Program.of(kind, name), folder.resolve("logs"), properties);
        started.add(service);
        return service;
    }

    private static Optional<GatewayId> name(Path identity) throws IOException {
        return Files.exists(identity)
                ? Optional.of(read(identity).path("gateway").asText("")).flatMap(GatewayId::parse)
                : Optional.empty();
    }

    private static String secret(Path identity) throws IOException {
        return read(identity).path("secret").asText();
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.decode(Files.readAllBytes(file), JsonNode.class);
    }

    private static String page(Service gateway) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(gateway.url()).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "no answer";
        }
    }

    private HttpResponse<byte[]> get(String path, String secret) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(fleet.resolve(path))
                                .header("Authorization", "Bearer " + secret)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
