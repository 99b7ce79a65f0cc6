package io.plumbline.registry.adapter.http;

import static io.plumbline.registry.adapter.http.OciClient.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.login.Authorization;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.core.job.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import land.oras.ArtifactType;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@ExtendWith(OrasLeftovers.class)
@TestProfile(OperatorGateTest.Guarded.class)
class OperatorGateTest {

    private static final String EVE = "token-of-eve";

    /** With the tokens of two operators, of whom one has a name. */
    public static final class Guarded extends WithoutKafka {

        @Override
        public List<TestResourceEntry> testResources() {
            var lines = "token of a team\neve: " + EVE + "\n";
            return List.of(new TestResourceEntry(DataFolder.class, Map.of(DataFolder.OPERATORS, lines)));
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI base;

    @Inject
    @Any
    InMemoryConnector topics;

    private Path folder;

    @BeforeEach
    void keep(@TempDir Path temporary) {
        folder = temporary;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/",
        "POST, /v2/lab/m/blobs/uploads/",
        "PATCH, /v2/lab/m/blobs/uploads/1",
        "PUT, /v2/lab/m/blobs/uploads/1",
        "DELETE, /v2/lab/m/blobs/uploads/1",
        "DELETE, /v2/lab/m/blobs/sha256:00",
        "PUT, /v2/lab/m/manifests/v1",
        "DELETE, /v2/lab/m/manifests/v1",
        "POST, /api/v1/recalibrations",
        "DELETE, /api/v1/recalibrations/r-1",
        "GET, /api/v1/recalibrations/r-1/samples",
        "POST, /api/v1/recalibrations/r-1/samples",
        "DELETE, /api/v1/recalibrations/r-1/samples",
        "GET, /api/v1/recalibrations/r-1/samples/gw-1",
        "GET, /api/v1/recalibrations/r-1/samples;a=b",
        "GET, /api/v1/recalibrations/r-1;a=b/samples/gw-1;a=b",
        "GET, /api/v1/recalibrations/r-1//samples",
        "GET, /api/v1/recalibrations/r-1/./samples/gw-1",
        "GET, /api/v1/./recalibrations/r-1/%73amples/gw-1",
        "GET, /api/v1/recalibrations/r-1/samples/",
        "DELETE, /api/v1/lineage/gateways/gw-1"
    })
    void nobodyChangesAnythingOrSeesSamplesWithoutAnOperatorsToken(String method, String path) throws Exception {
        var client = new OciClient(base);
        for (var header : new String[] {"", "Bearer wrong", "Basic %%%", basic("eve", "wrong"), basic(EVE, "")}) {
            var refused = client.call(method, path, "", "Authorization", header);
            assertThat(refused.statusCode()).as(header).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic realm="));
            assertThat(OciClient.text(refused)).contains("must show an operator's token");
        }
        for (var header : new String[] {"Bearer " + EVE, basic("whoever", EVE), basic("", "token of a team")}) {
            assertThat(client.call(method, path, "", "Authorization", header).statusCode())
                    .as(header)
                    .isNotEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/_catalog",
                "GET /v2/lab/m/tags/list",
                "HEAD /v2/lab/m/manifests/v1",
                "GET /v2/lab/m/blobs/sha256:00",
                "GET /api/v1/models",
                "GET /api/v1/trust",
                "GET /api/v1/recalibrations",
                "GET /q/health/ready",
                "PUT /api/v1/recalibrations/r-1/samples/gw-1"
            })
    void modelsAreForEverybodyAndGatewaysGiveSamples(String request) throws Exception {
        // Given
        var words = request.split(" ", 2);

        // Then
        assertThat(new OciClient(base).call(words[0], words[1], "").statusCode())
                .isNotIn(401, 403);
    }

    @Test
    void aPageOfAnotherSiteChangesNothingWhateverItShows() throws Exception {
        // When
        var answer = new OciClient(base)
                .call(
                        "POST",
                        "/api/v1/recalibrations",
                        "{}",
                        "Authorization",
                        "Bearer " + EVE,
                        "Sec-Fetch-Site",
                        "cross-site");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void clientsOfOciRegistriesAreToldSoInTheirOwnWords() throws Exception {
        assertThat(error(new OciClient(base).call("PUT", "/v2/lab/m/manifests/v1", "{}")))
                .isEqualTo("UNAUTHORIZED");
    }

    @Test
    void whoseTokenItWasIsNoted() throws Exception {
        // Given
        var job = "/api/v1/recalibrations/r-noted";
        var client = new OciClient(base);
        topics.<byte[]>source("recalibrations")
                .send(Json.encode(Fixtures.request("r-noted", new ModelName("m-noted"))));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.get(job).statusCode()).isEqualTo(200));

        // When
        var samples = client.call("POST", job + "/samples?by=eve", "", "Authorization", "Bearer " + EVE);
        var cancelled = client.call("DELETE", job + "?by=mallory", "", "Authorization", "Bearer " + EVE);

        // Then
        assertThat(samples.statusCode()).isEqualTo(202);
        assertThat(OciClient.text(cancelled)).contains("mallory (token of eve)").doesNotContain("eve (token of eve)");
    }

    @Test
    void theCommandLinesTokenIsShownWhenItIsAskedFor() throws Exception {
        // Given
        var http = Http.asked("registry", base, Authorization.ofToken(base, () -> EVE));
        var stranger = new Http("registry", base);
        var begin = stranger.request("/v2/lab/asked/blobs/uploads/")
                .POST(BodyPublishers.noBody())
                .build();

        // Then
        assertThat(http.expectSuccess(begin).statusCode()).isEqualTo(202);
        assertThatThrownBy(() -> stranger.expectSuccess(begin))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("PLUMBLINE_TOKEN_FILE");
    }

    @Test
    void skopeoPushesWithTheTokenAsPasswordAndPullsWithout() throws Exception {
        // Given
        var skopeo = Skopeo.in(folder);
        var file = Files.writeString(folder.resolve("model.txt"), "a model");
        var model = "docker://" + base.getAuthority() + "/lab/guarded:v1";
        oras(EVE)
                .pushArtifact(
                        ref("lab/source:v1"), ArtifactType.from("text/x-model"), LocalPath.of(file, "text/plain"));
        var layout = "oci:" + folder.resolve("layout") + ":model";

        // When
        skopeo.run("copy", "--src-tls-verify=false", "docker://" + base.getAuthority() + "/lab/source:v1", layout);
        var refused = skopeo.answer("copy", "--dest-tls-verify=false", layout, model);
        var wrong = skopeo.answer("copy", "--dest-tls-verify=false", "--dest-creds=ada:wrong", layout, model);
        skopeo.run("copy", "--dest-tls-verify=false", "--dest-creds=ada:" + EVE, layout, model);

        // Then
        assertThat(refused.status()).isNotZero();
        assertThat(wrong.errors()).containsIgnoringCase("unauthorized");
        assertThat(skopeo.run("inspect", "--raw", "--tls-verify=false", model)).contains("text/x-model");
    }

    @Test
    void orasPushesWithTheTokenAsPasswordAndPullsWithout() throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("model.txt"), "a model");
        var there = Files.createDirectory(folder.resolve("there"));
        var type = ArtifactType.from("text/x-model");

        // When
        oras(EVE).pushArtifact(ref("lab/oras:v1"), type, LocalPath.of(file, "text/plain"));
        anybody().pullArtifact(ref("lab/oras:v1"), there, true);

        // Then
        assertThat(there.resolve("model.txt")).hasContent("a model");
        assertThatThrownBy(() -> oras("wrong").pushArtifact(ref("lab/oras:v2"), type, LocalPath.of(file, "text/plain")))
                .isInstanceOf(OrasException.class);
        assertThat(anybody().getTags(ref("lab/oras:v2")).tags()).containsExactly("v1");
    }

    private Registry oras(String token) {
        return Registry.builder()
                .insecure(base.getAuthority(), "ada", token)
                .withRegistry(base.getAuthority())
                .build();
    }

    private Registry anybody() {
        return Registry.builder().insecure().withRegistry(base.getAuthority()).build();
    }

    private ContainerRef ref(String name) {
        return ContainerRef.parse(base.getAuthority() + "/" + name);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
