package io.plumbline.fleet.adapter.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.fleet.core.post.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpPostTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final HttpPost http = new HttpPost(Duration.ofSeconds(5), Duration.ofMillis(300));

    /** What a server says after it has read a request. */
    private interface Answer {
        void to(Socket connection) throws IOException;
    }

    @Test
    void doesNotWaitForABodyThatStalls() throws Exception {
        // Given
        var closed = new CompletableFuture<Integer>();
        try (var server = server(connection -> {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome".getBytes(StandardCharsets.US_ASCII));
            try {
                closed.complete(connection.getInputStream().read());
            } catch (IOException e) {
                closed.complete(-1);
            }
        })) {
            // When
            var delivery = http.post(url(server), Map.of(), BODY);
            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem()).contains("PT0.3S"));
            await().untilAsserted(() -> assertThat(closed).isCompletedWithValue(-1));
        }
    }

    @Test
    void doesNotReadABodyWithoutAnEnd() throws Exception {
        // Given
        var broken = new CountDownLatch(1);
        try (var server = server(connection -> {
            var out = connection.getOutputStream();
            out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                while (true) {
                    out.write(new byte[8192]);
                }
            } catch (IOException e) {
                broken.countDown();
            }
        })) {
            // When
            var delivery = http.post(url(server), Map.of(), BODY);
            // Then
            assertThat(delivery).isInstanceOf(Delivery.Unreachable.class);
            await().untilAsserted(() -> assertThat(broken.getCount()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer t0ken\u2013", "Bearer t0ken\nX: y"})
    void neverSaysWhatIsInAHeader(String value) throws Exception {
        try (var server = new HookServer()) {
            // When
            var delivery = http.post(server.url("/"), Map.of("Authorization", value), BODY);
            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Unreachable.class,
                            unreachable -> assertThat(unreachable.problem())
                                    .contains("Authorization")
                                    .doesNotContain("t0ken"));
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void doesNotRepeatASecretThatTheServerRepeats() throws Exception {
        // Given
        var said = "Cannot POST /hook/t0ken with token s3cret";
        try (var server = server(connection -> connection
                .getOutputStream()
                .write(("HTTP/1.1 404 Not Found\r\nContent-Length: " + said.length() + "\r\n\r\n" + said)
                        .getBytes(StandardCharsets.US_ASCII)))) {
            // When
            var delivery = http.post(url(server), Map.of("Authorization", "Bearer s3cret"), BODY);
            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.problem())
                                    .contains("404: Cannot POST")
                                    .doesNotContain("t0ken")
                                    .doesNotContain("s3cret"));
        }
    }

    private static URI url(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook/t0ken");
    }

    /** A server on a free port that takes one request. */
    private static ServerSocket server(Answer answer) throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            try (var connection = server.accept()) {
                var in = connection.getInputStream();
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                in.readNBytes(BODY.length);
                answer.to(connection);
            } catch (IOException e) {
                // The test looks at what came of it.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
