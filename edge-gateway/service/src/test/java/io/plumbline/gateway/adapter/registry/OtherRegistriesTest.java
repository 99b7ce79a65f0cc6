package io.plumbline.gateway.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.gateway.adapter.disk.ModelFolder;
import io.plumbline.gateway.adapter.engine.EngineChoices;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeRegistry;
import io.plumbline.gateway.testing.MutableClock;
import io.plumbline.gateway.testing.RepositoryPush;
import io.plumbline.support.DockerRegistry;
import io.plumbline.support.TokenGate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds in registries that are not Plumbline's: they ask who one is, lead elsewhere, and may know no referrers. */
class OtherRegistriesTest {

    private static final Patience QUICK = new Patience(Duration.ofSeconds(60), 3, Duration.ofMillis(5));
    private static final Digest ONNX = Digest.of(ClimateBuild.onnx());

    @TempDir
    private Path folder;

    private final FakeRegistry registry = new FakeRegistry();
    private ModelFolder models;
    private Digest build;

    @BeforeEach
    void push() throws IOException {
        models = new ModelFolder(folder.resolve("models"), 1L << 30);
        build = registry.pushSigned("static-minmax");
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    /** It knows no referrers: their tag stands for them. */
    @Test
    void aBuildOfDockersRegistryIsVerifiedAndResumed() throws Exception {
        var data = Files.createDirectory(folder.resolve("registry"));
        try (var docker = DockerRegistry.start(data)) {
            // Given
            var prefix = URI.create("http://" + docker.authority() + "/plant/models");
            registry.copyTo(new RepositoryPush(
                    prefix.resolve("/v2/plant/models/" + ClimateBuild.MODEL + "/"),
                    DockerRegistry.USER,
                    DockerRegistry.PASSWORD));
            login(docker.authority(), DockerRegistry.USER, "wrong");
            var builds = builds(prefix);
            assertUnavailable(builds, "the registry answers 401 to GET");
            login(docker.authority(), DockerRegistry.USER, DockerRegistry.PASSWORD);
            try (var partial = models.partial(ONNX)) {
                partial.append(Arrays.copyOf(ClimateBuild.onnx(), 1_000));
            }

            // When
            var loaded = builds.load(ClimateBuild.MODEL, build);

            // Then
            loaded.model().close();
            assertThat(models.content(ONNX)).isPresent();
            assertThat(models.signature(build)).isPresent();
            var log = Files.readString(data.resolve("registry.log"));
            assertThat(log).containsPattern("blobs/" + ONNX + "[^\\n]*http.response.status=206");
        }
    }

    @Test
    void aTokenThatIsOverIsRenewed() throws Exception {
        try (var gate = new TokenGate(registry.url().toString(), "ada", "lovelace")) {
            // Given
            login(gate.authority(), "ada", "lovelace");
            var second = registry.pushSigned("dynamic");
            var builds = builds(URI.create(gate.url() + "/models/"));
            builds.fetch(ClimateBuild.MODEL, build);
            var tokens = gate.scopes().size();

            // When
            gate.expire();
            builds.fetch(ClimateBuild.MODEL, second);

            // Then
            assertThat(tokens).isEqualTo(1);
            assertThat(gate.scopes())
                    .containsExactly("repository:models/climate-event:pull", "repository:models/climate-event:pull");
        }
    }

    @Test
    void aWrongPasswordSaysNothingOfTheBuild() throws Exception {
        try (var gate = new TokenGate(registry.url().toString(), "ada", "lovelace")) {
            // Given
            var builds = builds(URI.create(gate.url() + "/models"));
            assertUnavailable(builds, "wants to know who asks");
            login(gate.authority(), "ada", "wrong");
            assertUnavailable(builds, "answered ada with 401");

            // When
            login(gate.authority(), "ada", "lovelace");
            var loaded = builds.load(ClimateBuild.MODEL, build);

            // Then
            loaded.model().close();
            assertThat(loaded.card().recipe()).isEqualTo("static-minmax");
        }
    }

    @Test
    void aRegistryThatLetsNobodyInSaysNothingOfTheBuild() throws Exception {
        try (var closed = new Front(exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        })) {
            assertUnavailable(builds(closed.url()), "the registry answers 403 to GET");
        }
    }

    @Test
    void whereTheContentIsElsewhereItIsResumedThereAndThePasswordNotShown() throws Exception {
        try (var front = new Front(exchange -> {
            var knows = exchange.getRequestHeaders().getFirst("Authorization") != null;
            if (knows) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                registry.url().resolve(exchange.getRequestURI()).toString());
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"plant\"");
            }
            exchange.sendResponseHeaders(knows ? 307 : 401, -1);
            exchange.close();
        })) {
            // Given
            login(front.url().getAuthority(), "ada", "lovelace");
            registry.cutAfter(ONNX, 5_000, 1);

            // When
            builds(front.url().resolve("/models"))
                    .load(ClimateBuild.MODEL, build)
                    .model()
                    .close();

            // Then
            assertThat(registry.ranges(ONNX)).containsExactly("", "bytes=5000-");
            assertThat(registry.secrets()).isEmpty();
        }
    }

    @Test
    void aStoreThatRefusesSaysNothingOfTheBuildAndARingIsLeft() throws Exception {
        try (var store = new Front(exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
                var front = new Front(exchange -> {
                    exchange.getResponseHeaders().add("Location", store.url() + "x?signed=s3cret");
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                });
                var ring = new Front(exchange -> {
                    exchange.getResponseHeaders().add("Location", "/v2/again");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                })) {
            assertUnavailable(builds(front.url()), store.url().getAuthority() + ", to which the registry leads");
            assertUnavailable(builds(ring.url()), "it leads on more than 5 times");
        }
    }

    @Test
    void withoutTheReferrersApiTheTagStandsForThem() throws Exception {
        // Given
        registry.knowsReferrers = false;

        // Then
        builds(registry.url().resolve("/models"))
                .load(ClimateBuild.MODEL, build)
                .model()
                .close();
        var unsigned = registry.push("dynamic", ClimateBuild.selfTest(0));
        assertThatThrownBy(() -> builds(registry.url().resolve("/models")).load(ClimateBuild.MODEL, unsigned))
                .isInstanceOf(UnfitBuildException.class)
                .hasMessageContaining("the registry has 0 signatures of it");
    }

    @Test
    void aSignatureIsFoundOnALaterPage() throws Exception {
        try (var front = new Front(exchange -> {
            try (exchange) {
                var elsewhere = registry.url().resolve(exchange.getRequestURI());
                if (exchange.getRequestURI().getPath().contains("/referrers/")) {
                    var empty = "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Link", "<" + elsewhere + ">; rel=\"next\"");
                    exchange.sendResponseHeaders(200, empty.length);
                    exchange.getResponseBody().write(empty);
                } else {
                    exchange.getResponseHeaders().add("Location", elsewhere.toString());
                    exchange.sendResponseHeaders(307, -1);
                }
            }
        })) {
            // When
            builds(front.url().resolve("/models"))
                    .load(ClimateBuild.MODEL, build)
                    .model()
                    .close();

            // Then
            assertThat(models.signature(build)).isPresent();
        }
    }

    @Test
    void whatIsNotThereMayBeOnItsWay() throws Exception {
        // Given
        var builds = builds(registry.url().resolve("/models"));
        var early = Digest.of(new byte[] {7});

        // Then
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, early))
                .isInstanceOf(UnavailableBuildException.class)
                .hasMessageContaining("answers 404 to GET")
                .hasMessageContaining("it is not there yet, or not for this gateway");
    }

    private void assertUnavailable(OciBuilds builds, String because) {
        assertThatThrownBy(() -> builds.load(ClimateBuild.MODEL, build))
                .isInstanceOf(UnavailableBuildException.class)
                .hasMessageContaining(because)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("\n");
    }

    private OciBuilds builds(URI prefix) throws IOException {
        var repositories = Repositories.under(new RepositoryPrefix(prefix, Optional.of(folder.resolve("login.json"))));
        return new OciBuilds(
                new OciBuilds.Upstream(HttpClient.newHttpClient(), repositories, QUICK),
                models,
                new TrustRoot(registry.trustRoot(folder.resolve("trust.json")), new MutableClock()),
                new EngineChoices(folder.resolve("engines.json")));
    }

    private void login(String authority, String user, String password) throws IOException {
        var auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("login.json"), "{\"auths\":{\"" + authority + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    /** A server on a free port that answers as it is told. */
    private static final class Front implements AutoCloseable {

        private final HttpServer server;

        Front(HttpHandler handler) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler);
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
