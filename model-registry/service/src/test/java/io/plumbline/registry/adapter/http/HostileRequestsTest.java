package io.plumbline.registry.adapter.http;

import static io.plumbline.registry.adapter.http.OciClient.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of clients that are broken or mean harm: an answer of the specification to each, and nothing outside the layout. */
@QuarkusTest
@TestProfile(WithoutKafka.class)
class HostileRequestsTest {

    private static final int SEED = 20261122;

    @TestHTTPResource("/")
    URI base;

    @ConfigProperty(name = "plumbline.registry.data-dir")
    java.nio.file.Path data;

    private OciClient client;

    @BeforeEach
    void connect() {
        client = new OciClient(base);
    }

    @Test
    void namesDigestsAndTagsThatLeadOutOfTheLayoutAreRefused() throws Exception {
        var secret = "signing-key.json";
        assertThat(data.resolve(secret)).exists();
        for (var path : List.of(
                "/v2/../../" + secret,
                "/v2/a/blobs/../../../" + secret,
                "/v2/a/blobs/..%2f..%2f..%2f" + secret,
                "/v2/a/blobs/sha256:..%2f..%2f..%2f" + secret,
                "/v2/a/blobs/%2e%2e%2f%2e%2e%2f" + secret,
                "/v2/a/blobs/uploads/..%2f" + secret,
                "/v2/a/blobs/uploads/../../" + secret,
                "/v2/..%2f..%2fa/manifests/v1",
                "/v2/a/manifests/..%2f..%2f" + secret,
                "/v2/a/manifests/%2e%2e",
                "/v2/a%00b/manifests/v1",
                "/v2/a/../../etc/manifests/v1",
                "/v2//etc/passwd/manifests/v1",
                "/v2/a/manifests/" + "x".repeat(129),
                "/v2/" + "x".repeat(300) + "/manifests/v1")) {
            for (var method : List.of("GET", "PUT", "DELETE", "PATCH")) {
                // When
                var answer = raw(method + " " + path
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");

                // Then
                assertThat(answer)
                        .as(method + " " + path)
                        .startsWith("HTTP/1.1 4")
                        .doesNotContain("pkcs8");
            }
        }
        assertThat(data.resolve(secret)).exists();
    }

    @Test
    void aTitleThatIsAPathIsKeptAsTextAndNothingIsWrittenThere() throws Exception {
        // Given
        var manifest = client.manifest("hostile/title", "title");
        manifest.withArray("layers").get(0).withObject("/annotations").put(MediaTypes.TITLE, "../../../escaped.txt");

        // When
        client.put("hostile/title", "v1", manifest);

        // Then
        assertThat(client.get("/v2/hostile/title/manifests/v1").body()).isEqualTo(Json.encode(manifest));
        for (var folder : List.of("layout/blobs/sha256", "layout/blobs", "layout", "uploads", ".", "..", "../..")) {
            assertThat(data.resolve(folder).resolve("escaped.txt")).doesNotExist();
        }
    }

    @Test
    void aDeclaredSizeBeyondTheLimitIsRefusedBeforeItComes() throws Exception {
        for (var path : List.of("/v2/a/blobs/uploads/?digest=" + Digest.of(new byte[0]), "/v2/a/blobs/uploads/")) {
            // When
            var answer = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000000\r\n\r\nxx");

            // Then
            assertThat(answer).startsWith("HTTP/1.1 413").contains("SIZE_INVALID");
        }
        var manifest = raw("PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000000\r\n\r\nxx");
        assertThat(manifest).startsWith("HTTP/1.1 413").contains("SIZE_INVALID");
    }

    @Test
    void jsonThatIsDeepOrBroadOrNotAManifestIsRefused() throws Exception {
        var broad = "{\"schemaVersion\":2,\"x\":[" + "{},".repeat(1_300_000) + "{}]}";
        for (var text : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000),
                broad,
                "null",
                "[]",
                "7",
                "\"manifest\"",
                "{\"schemaVersion\":2}",
                "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":[],\"layers\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[{\"digest\":7}]}",
                "{\"schemaVersion\":" + "9".repeat(2_000) + "}",
                "\u0000\u0001")) {
            // When
            var answer = client.put("hostile/json", "v1", text.getBytes(StandardCharsets.UTF_8));

            // Then
            assertThat(answer.statusCode())
                    .as(text.substring(0, Math.min(60, text.length())))
                    .isEqualTo(400);
            assertThat(error(answer)).isEqualTo("MANIFEST_INVALID");
        }
    }

    @Test
    void manifestsWithAnyByteChangedAreStoredAsTheyAreOrRefused() throws Exception {
        // Given
        var random = new Random(SEED);
        var sound = Json.encode(client.manifest("hostile/fuzz", "fuzz"));
        for (int i = 0; i < 300; i++) {
            var broken = mutated(random, sound);

            // When
            var answer = client.put("hostile/fuzz", "v" + i, broken);

            // Then
            if (answer.statusCode() == 201) {
                assertThat(client.get("/v2/hostile/fuzz/manifests/v" + i).body())
                        .isEqualTo(broken);
            } else {
                assertRefused(answer);
            }
        }
    }

    @Test
    void uploadsInAnyOrderEndInTheBlobOrInARefusal() throws Exception {
        // Given
        var random = new Random(SEED);
        var uploads = new ArrayList<String>();
        for (int i = 0; i < 400; i++) {
            if (uploads.size() < 3) {
                uploads.add(client.begin("hostile/uploads"));
            }
            var upload = uploads.get(random.nextInt(uploads.size()));
            var body = "x".repeat(random.nextInt(50));

            // When
            var answer = step(random, upload, body);

            // Then
            assertThat(answer.statusCode()).isLessThan(500);
            if (answer.statusCode() >= 400) {
                assertRefused(answer);
            }
            if (client.get(upload).statusCode() == 404) {
                uploads.remove(upload);
            }
        }
    }

    private HttpResponse<byte[]> step(Random random, String upload, String body) throws Exception {
        var digest = switch (random.nextInt(4)) {
            case 0 -> "sha256:" + "0".repeat(64);
            case 1 -> "sha512:" + "0".repeat(128);
            case 2 -> "rubbish";
            default -> Digest.of(body.getBytes(StandardCharsets.UTF_8)).value();
        };
        var from = random.nextInt(60) - 5;
        return switch (random.nextInt(6)) {
            case 0, 1 -> client.call("PATCH", upload, body);
            case 2 -> client.call("PATCH", upload, body, "Content-Range", from + "-" + (from + body.length() - 1));
            case 3 -> client.call("PUT", upload + "?digest=" + digest, body);
            case 4 -> client.call("PUT", upload + "?digest=" + digest, body, "Content-Range", "0-" + from);
            default -> client.call("DELETE", upload + (random.nextBoolean() ? "" : "0"), "");
        };
    }

    private static byte[] mutated(Random random, byte[] sound) {
        var out = new ByteArrayOutputStream();
        var at = random.nextInt(sound.length);
        var length = 1 + random.nextInt(8);
        out.write(sound, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(sound, Math.min(sound.length, at + length), Math.max(0, sound.length - at - length));
            case 1 -> {
                out.write(random.nextInt(256));
                out.write(sound, at + 1, sound.length - at - 1);
            }
            case 2 -> {
                out.writeBytes("9".repeat(length * 4).getBytes(StandardCharsets.US_ASCII));
                out.write(sound, at, sound.length - at);
            }
            default -> out.write(sound, random.nextInt(at + 1), sound.length - at);
        }
        return out.toByteArray();
    }

    private static void assertRefused(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(error(answer)).isNotEmpty();
    }

    /** As it is, with dots and all; the answer up to where the server closes, or says no more. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return answer(socket.getInputStream());
        }
    }

    private static String answer(InputStream in) throws IOException {
        var text = new StringBuilder();
        var length = -1;
        for (int one = in.read(); one >= 0; one = in.read()) {
            text.append((char) one);
            var end = text.indexOf("\r\n\r\n");
            if (end >= 0 && length < 0) {
                length = text.toString()
                        .toLowerCase(java.util.Locale.ROOT)
                        .lines()
                        .filter(line -> line.startsWith("content-length: "))
                        .mapToInt(line -> Integer.parseInt(line.substring(16).strip()))
                        .findFirst()
                        .orElse(0);
            }
            if (end >= 0 && text.length() >= end + 4 + length) {
                break;
            }
        }
        return text.toString();
    }
}
