package io.plumbline.processor.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import io.plumbline.drift.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryReferencesTest {

    private static final ModelName MODEL = new ModelName("climate-event");
    private static final ReferenceProfile PROFILE =
            new ReferenceProfile(List.of(new ReferenceProfile.Feature("humidity", List.of(40.0), new Counts(3, 4))));
    private static final String CARD = "model: climate-event\noutput:\n  tensor: p\n  labels: [normal, event]\n";

    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private HttpServer server;
    private RegistryReferences references;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            var body = content.get(exchange.getRequestURI().getPath());
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        references = new RegistryReferences(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                HttpClient.newHttpClient(),
                Runnable::run,
                clock,
                Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void readsLabelsAndProfileOnceAndKeepsThem() {
        var build = publish(CARD, Json.encode(PROFILE));

        assertThat(references.of(MODEL, build)).contains(new Reference(List.of("normal", "event"), PROFILE));
        assertThat(references.of(MODEL, build)).isPresent();
        assertThat(calls).hasValue(3);
    }

    @Test
    void theFirstWindowAfterAStartIsNotJudgedWithoutItsReference() {
        // Given
        var build = publish(CARD, Json.encode(PROFILE));
        var background = Executors.newSingleThreadExecutor();
        try {
            // When
            var first = beside(background, Duration.ofSeconds(30)).of(MODEL, build);

            // Then
            assertThat(first).isPresent();
        } finally {
            background.shutdownNow();
        }
    }

    @Test
    void aRegistryThatHangsKeepsNothingWaitingForLong() {
        // Given
        var one = publish(CARD, Json.encode(PROFILE));
        var other = publish(CARD + "note: other\n", Json.encode(PROFILE));
        var tasks = new ArrayDeque<Runnable>();
        var hanging = beside(tasks::add, Duration.ofMillis(20));

        // When
        assertThat(hanging.of(MODEL, one)).isEmpty();
        assertThat(hanging.of(MODEL, one)).isEmpty();
        assertThat(hanging.of(MODEL, other)).isEmpty();

        // Then
        assertThat(tasks).hasSize(2);
        tasks.forEach(Runnable::run);
        assertThat(hanging.of(MODEL, one)).isPresent();
        assertThat(hanging.of(MODEL, other)).isPresent();
    }

    private RegistryReferences beside(Executor background, Duration patience) {
        return new RegistryReferences(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                HttpClient.newHttpClient(),
                background,
                Clock.systemUTC(),
                patience);
    }

    @Test
    void aFailedFetchIsTriedAgainAfterAPause() {
        // Given
        var build = publish(CARD, Json.encode(PROFILE));
        var kept = Map.copyOf(content);
        content.clear();
        assertThat(references.of(MODEL, build)).isEmpty();
        assertThat(references.of(MODEL, build)).isEmpty();
        assertThat(calls).hasValue(1);

        // When
        content.putAll(kept);
        now.set(Instant.EPOCH.plusSeconds(5));

        // Then
        assertThat(references.of(MODEL, build)).isPresent();
    }

    @Test
    void bytesThatAreNotWhatTheDigestSaysAreNotUsed() {
        var build = publish(CARD, Json.encode(PROFILE));
        var manifest = "/v2/models/climate-event/manifests/" + build;
        content.put(manifest, "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(references.of(MODEL, build)).isEmpty();
    }

    @Test
    void aCardWithoutLabelsAndAProfileThatIsNoneAreNotUsed() {
        assertThat(references.of(MODEL, publish("model: x\n", Json.encode(PROFILE))))
                .isEmpty();
        assertThat(references.of(MODEL, publish("a: b: c", Json.encode(PROFILE))))
                .isEmpty();
        assertThat(references.of(MODEL, publish(CARD, "[]".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    private Digest publish(String card, byte[] profile) {
        var layers = List.of(
                Map.of("mediaType", MediaTypes.CARD, "digest", blob(card.getBytes(StandardCharsets.UTF_8))),
                Map.of("mediaType", MediaTypes.PROFILE, "digest", blob(profile)));
        var manifest = Json.encode(Map.of("schemaVersion", 2, "layers", layers));
        var digest = Digest.of(manifest);
        content.put("/v2/models/climate-event/manifests/" + digest, manifest);
        return digest;
    }

    private String blob(byte[] bytes) {
        var digest = Digest.of(bytes);
        content.put("/v2/models/climate-event/blobs/" + digest, bytes);
        return digest.value();
    }
}
