package io.plumbline.gateway.adapter.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.enrolment.Enrolled;
import io.plumbline.contract.enrolment.EnrolmentRequest;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Json;
import io.plumbline.gateway.config.GatewayConfig;
import io.plumbline.gateway.config.GatewaySettings;
import io.plumbline.gateway.config.IllegalConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {

    private static final JoinToken TOKEN = new JoinToken(Optional.empty(), Optional.of("token-1"));
    private static final JoinToken NONE = new JoinToken(Optional.empty(), Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    private Path file = folder;
    private HttpServer fleet;
    private final List<EnrolmentRequest> asked = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private volatile int status = 200;
    private volatile boolean loses;

    EnrolmentTest() throws IOException {
        fleet = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        file = folder.resolve("identity.json");
        fleet.createContext("/api/v1/enrolments", exchange -> {
            asked.add(Json.decode(exchange.getRequestBody().readAllBytes(), EnrolmentRequest.class));
            shown.add(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!loses) {
                var body = status == 200
                        ? Json.encode(new Enrolled(new GatewayId("gw-7"), new SiteId("north")))
                        : "{\"error\": \"this token was used\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        fleet.start();
    }

    @AfterEach
    void close() {
        fleet.stop(0);
    }

    @Test
    void anIdentityIsForItsOwnersEyesAndLastsWithoutTheToken() throws Exception {
        // When
        var identity = enrolment(TOKEN, Map.of()).identity(file);
        var restarted = enrolment(NONE, Map.of()).identity(file);

        // Then
        assertThat(identity.gateway()).isEqualTo(new GatewayId("gw-7"));
        assertThat(identity.site()).isEqualTo(new SiteId("north"));
        assertThat(restarted).isEqualTo(identity);
        assertThat(shown).containsExactly("Bearer token-1");
        var secret = identity.secret().orElseThrow();
        assertThat(asked.get(0).credential()).isEqualTo(Digest.of(secret.getBytes(StandardCharsets.UTF_8)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(identity.toString()).doesNotContain(secret);
    }

    @Test
    void anAnswerThatWasLostIsAskedForAgainWithTheSameSecret() throws Exception {
        // Given
        loses = true;
        assertThatThrownBy(() -> enrolment(TOKEN, Map.of()).identity(file))
                .isInstanceOf(ControlPlaneSilentException.class);

        // When
        loses = false;
        var identity = enrolment(TOKEN, Map.of()).identity(file);

        // Then
        assertThat(identity.gateway()).isEqualTo(new GatewayId("gw-7"));
        assertThat(asked.stream().map(EnrolmentRequest::credential).distinct()).hasSize(1);
    }

    @Test
    void aRefusalIsOneLineWithoutTheToken() {
        // Given
        status = 401;

        // Then
        assertThatThrownBy(() -> enrolment(TOKEN, Map.of()).identity(file))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage("PLUMBLINE_JOIN_TOKEN is '***'; it is refused by the control plane: this token was used");
    }

    @Test
    void aControlPlaneInTroubleIsAskedAgainLater() {
        // Given
        status = 503;

        // Then
        assertThatThrownBy(() -> enrolment(TOKEN, Map.of()).identity(file))
                .isInstanceOf(ControlPlaneSilentException.class)
                .hasMessageContaining("answers 503");
    }

    @Test
    void theTokenMayBeInAFile() throws Exception {
        // Given
        var place = Files.writeString(folder.resolve("token"), "token-2\n");
        var empty = Files.writeString(folder.resolve("empty"), "\n");

        // When
        enrolment(new JoinToken(Optional.of(place), Optional.of("token-1")), Map.of())
                .identity(file);

        // Then
        assertThat(shown).containsExactly("Bearer token-2");
        assertThatThrownBy(() -> new JoinToken(Optional.of(empty), Optional.empty()).read())
                .hasMessageContaining("must hold a token in one line");
        assertThatThrownBy(() -> new JoinToken(Optional.of(folder.resolve("none")), Optional.empty()).read())
                .hasMessageContaining("must be a file that this process can read");
    }

    @Test
    void aGatewayOfTheFleetFileIsWhoItSaysWithoutAskingAnybody() throws Exception {
        // When
        var identity =
                enrolment(NONE, Map.of("id", "gw-north", "site", "north")).identity(file);

        // Then
        assertThat(identity).isEqualTo(new Identity(new GatewayId("gw-north"), new SiteId("north"), Optional.empty()));
        assertThat(asked).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderOfAnotherGatewayIsNotTaken() throws Exception {
        // Given
        enrolment(TOKEN, Map.of()).identity(file);

        // Then
        assertThatThrownBy(() -> enrolment(NONE, Map.of("id", "gw-8")).identity(file))
                .hasMessageContaining("plumbline.gateway.id is 'gw-8'; it must be 'gw-7', as which");
        assertThatThrownBy(() -> enrolment(NONE, Map.of("site", "south")).identity(file))
                .hasMessageContaining("plumbline.gateway.site is 'south'; it must be 'north', as which");
    }

    @Test
    void anIdentityThatCannotBeReadIsSaid() throws Exception {
        // Given
        Files.writeString(file, "{");

        // Then
        assertThatThrownBy(() -> enrolment(TOKEN, Map.of()).identity(file))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("delete it and start the gateway with a new token");
    }

    private Enrolment enrolment(JoinToken token, Map<String, String> own) {
        var properties = new HashMap<>(Map.of(
                "mqtt-url", "tcp://127.0.0.1:1883",
                "registry-url", "http://127.0.0.1:8082",
                "fleet-url", "http://127.0.0.1:" + fleet.getAddress().getPort(),
                "trust-root", "trust.json"));
        properties.putAll(own);
        var builder = new SmallRyeConfigBuilder().withMapping(GatewayConfig.class);
        properties.forEach((name, value) -> builder.withDefaultValue("plumbline.gateway." + name, value));
        var settings = GatewaySettings.from(builder.build().getConfigMapping(GatewayConfig.class), true);
        return new Enrolment(settings, token, HttpClient.newHttpClient());
    }
}
