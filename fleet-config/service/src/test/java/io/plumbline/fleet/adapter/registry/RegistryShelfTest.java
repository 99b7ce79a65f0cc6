package io.plumbline.fleet.adapter.registry;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.testing.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryShelfTest {

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final MutableClock clock = new MutableClock(T0);
    private final HttpServer server;

    @TempDir
    Path folder;

    RegistryShelfTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            var page = pages.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
            if (page != null) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsTheQualityOfABuildOnceAndOnlyWhatItsDigestSays() {
        // Given
        var report = Json.encode(new QualityReport(7, List.of(), List.of(), Optional.empty()));
        var manifest = manifest(report);
        var build = Digest.of(manifest);
        put("/manifests/" + build, manifest);
        put("/blobs/" + Digest.of(report), report);
        put("/manifests/" + BASELINE, manifest);
        var shelf = shelf();
        // When
        var first = shelf.quality(MODEL, build);
        var again = shelf.quality(MODEL, build);
        // Then
        assertThat(first.value().orElseThrow().samples()).isEqualTo(7);
        assertThat(again).isEqualTo(first);
        assertThat(asked).hasValue(2);
        assertThat(shelf.versionBytes(MODEL, build).value()).contains(123L);
        assertThat(shelf.quality(MODEL, BASELINE).problem()).contains("other bytes than its digest says");
    }

    @Test
    void asksAgainForWhatMayChangeWhenSomeTimeHasPassed() {
        // Given
        pages.put("/api/v1/models/" + MODEL, Json.encode(new ModelView(MODEL, List.of(), List.of())));
        var shelf = shelf();
        // When
        shelf.model(MODEL);
        shelf.model(MODEL);
        clock.advance(Duration.ofSeconds(6));
        // Then
        assertThat(shelf.model(MODEL).value()).isPresent();
        assertThat(asked).hasValue(2);
    }

    @Test
    void saysWhyThereIsNoAnswer() throws IOException {
        // Given
        var file = folder.resolve("registry-url");
        var later = new RegistryShelf(new RegistryAddress(Optional.of(file.toUri())), clock);
        // Then
        assertThat(new RegistryShelf(new RegistryAddress(Optional.empty()), clock)
                        .model(MODEL)
                        .problem())
                .contains("does not know where the registry is");
        assertThat(later.model(MODEL).problem()).contains("does not know where the registry is");
        assertThat(shelf().model(MODEL).problem())
                .contains("answered strangely: it has no /api/v1/models/climate-event");
        // When
        Files.writeString(file, url() + "\n");
        server.stop(0);
        // Then
        assertThat(later.model(MODEL).problem()).contains("does not answer");
    }

    private static byte[] manifest(byte[] report) {
        return """
                {"layers": [{"mediaType": "%s", "digest": "%s", "size": 123}, {"mediaType": "%s", "digest": "%s", "size": %d}]}
                """.formatted(MediaTypes.ONNX, BASELINE, MediaTypes.QUALITY, Digest.of(report), report.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void put(String path, byte[] page) {
        pages.put("/v2/" + MediaTypes.repository(MODEL) + path, page);
    }

    private RegistryShelf shelf() {
        return new RegistryShelf(new RegistryAddress(Optional.of(url())), clock);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
