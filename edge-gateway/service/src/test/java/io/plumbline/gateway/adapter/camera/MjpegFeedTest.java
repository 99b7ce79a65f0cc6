package io.plumbline.gateway.adapter.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.gateway.testing.TinyDetector;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MjpegFeedTest {

    private static final byte[] WHITE = TinyDetector.picture("jpg", Color.WHITE);

    @TempDir
    private Path temp;

    private final SmallGateway gateway = new SmallGateway();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Optional<CameraSources> sources = Optional.empty();

    /** Answers one connection. */
    private interface Answer {
        void to(HttpExchange exchange, int connection) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        over.countDown();
        sources.ifPresent(CameraSources::stop);
        server.stop(0);
        threads.shutdownNow();
        gateway.close();
    }

    private StreamAssignment stream() {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/stream";
        var source = new CameraSource(new DeviceId("cam-1"), Optional.empty(), Optional.of(url), false);
        return TinyDetector.stream(Frames.EVERY, Optional.of(List.of(source)));
    }

    private void serve(Answer answer) {
        server.createContext("/stream", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=frame");
                answer.to(exchange, connections.incrementAndGet());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void part(HttpExchange exchange, String headers) throws IOException {
        var out = exchange.getResponseBody();
        out.write(("--frame\r\nContent-Type: image/jpeg\r\n" + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(WHITE);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String length() {
        return "Content-Length: " + WHITE.length + "\r\n";
    }

    private void watch(Inbox inbox, Supplier<StreamAssignment> stream) {
        var means = new CameraSources.Means(HttpClient.newHttpClient(), temp, dropped::addAndGet);
        var started =
                new CameraSources(new SiteId("north"), inbox, () -> Map.of(TinyDetector.CAMERAS, stream.get()), means);
        sources = Optional.of(started);
        threads.execute(started);
    }

    private void watch() throws InterruptedException {
        gateway.activate(stream(), TinyDetector.build());
        watch(gateway.inbox(), this::stream);
    }

    @Test
    void aFrameWithItsLengthIsAnsweredAtOnceWithTheTimeItCame() throws Exception {
        // Given
        var before = Instant.now();
        serve((exchange, connection) -> {
            exchange.sendResponseHeaders(200, 0);
            part(exchange, length());
            part(exchange, length());
            over.await();
        });

        // When
        watch();

        // Then
        await().untilAsserted(() -> assertThat(gateway.answers()).hasSize(2));
        assertThat(gateway.answers()).allSatisfy(one -> {
            assertThat(one.device()).isEqualTo(new DeviceId("cam-1"));
            assertThat(one.eventTime()).isBetween(before.minusMillis(1), Instant.now());
            assertThat(one.frame().orElseThrow().bytes()).isEqualTo(WHITE.length);
        });
        assertThat(connections).hasValue(1);
    }

    @Test
    void aFrameWithoutItsLengthEndsAtTheBoundary() throws Exception {
        // Given
        serve((exchange, connection) -> {
            exchange.sendResponseHeaders(200, 0);
            part(exchange, "");
            part(exchange, "");
            exchange.getResponseBody().write("--frame\r\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            over.await();
        });

        // When
        watch();

        // Then
        await().untilAsserted(() -> assertThat(gateway.answers()).hasSize(2));
        assertThat(gateway.answers().get(1).frame().orElseThrow().bytes()).isEqualTo(WHITE.length);
        assertThat(gateway.letters()).isEmpty();
    }

    @Test
    void nothingIsMadeOfAFrameInWhichTheServerBreaksOff() throws Exception {
        // Given
        serve((exchange, connection) -> {
            if (connection == 1) {
                exchange.sendResponseHeaders(200, 100_000);
                part(exchange, "Content-Length: 90000\r\n");
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            part(exchange, length());
            over.await();
        });

        // When
        watch();

        // Then
        await().untilAsserted(() -> assertThat(gateway.answers()).hasSize(1));
        assertThat(gateway.letters()).isEmpty();
        assertThat(connections).hasValue(2);
    }

    @Test
    void aStreamThatEndsOrIsRefusedIsConnectedAgain() throws Exception {
        // Given
        serve((exchange, connection) -> {
            if (connection == 1) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            part(exchange, length());
            exchange.getResponseBody().write("--frame--\r\n".getBytes(StandardCharsets.UTF_8));
        });

        // When
        watch();

        // Then
        await().untilAsserted(() -> assertThat(gateway.answers()).hasSizeGreaterThanOrEqualTo(2));
        assertThat(connections).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void theLinkStandsWhileFramesComeAndSaysWhyItDoesNot() throws Exception {
        // Given
        var ending = new CountDownLatch(1);
        serve((exchange, connection) -> {
            if (connection > 1) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            part(exchange, length());
            part(exchange, length());
            ending.await();
        });

        // When
        watch();

        // Then
        await().untilAsserted(() ->
                assertThat(links()).containsExactly(new Link("camera cameras@cam-1", true, Optional.empty())));
        ending.countDown();
        await().untilAsserted(() -> assertThat(links()).singleElement().satisfies(link -> {
            assertThat(link.up()).isFalse();
            assertThat(link.note()).hasValueSatisfying(why -> assertThat(why).contains("status 404 instead of 200"));
        }));
    }

    private List<Link> links() {
        return sources.map(CameraSources::links).orElse(List.of());
    }

    @Test
    void aFrameThatFindsNoRoomIsDroppedAndCounted() {
        // Given
        serve((exchange, connection) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 5; i++) {
                part(exchange, length());
            }
            over.await();
        });

        // When
        watch(new Inbox(2, Overflow.BLOCK), this::stream);

        // Then
        await().untilAsserted(() -> assertThat(dropped).hasValue(3));
    }
}
