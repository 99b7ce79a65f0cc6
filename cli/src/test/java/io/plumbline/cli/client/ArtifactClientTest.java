package io.plumbline.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpHandler;
import io.plumbline.cli.LocalServer;
import io.plumbline.client.Artifact;
import io.plumbline.client.ArtifactClient;
import io.plumbline.client.ClientException;
import io.plumbline.client.Http;
import io.plumbline.contract.id.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from registries that do not do what they should, and onto disks that cannot. */
class ArtifactClientTest {

    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void anAnswerThatStopsInTheMiddleDoesNotHangForEver() throws IOException {
        refused(
                exchange -> {
                    exchange.sendResponseHeaders(200, WEIGHTS.length);
                    exchange.getResponseBody().write(WEIGHTS, 0, 3);
                    exchange.getResponseBody().flush();
                },
                "to the end: nothing came for");
    }

    @Test
    void aBlobThatGrowsWithoutEndDoesNotFillTheDisk() throws IOException {
        refused(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 1_000; i++) {
                        exchange.getResponseBody().write(new byte[1 << 16]);
                    }
                },
                "to the end: it sends more than the 7 bytes that were expected");
    }

    /** What of it was written is gone, and the registry is not blamed. */
    @Test
    void aFullDiskIsNotARegistryThatCannotBeReached() throws IOException {
        var full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "skipped: there is no /dev/full");
        Files.createSymbolicLink(folder.resolve("blob"), full);
        refused(
                exchange -> {
                    exchange.sendResponseHeaders(200, WEIGHTS.length);
                    exchange.getResponseBody().write(WEIGHTS);
                    exchange.close();
                },
                folder.resolve("blob") + " cannot be written: java.io.IOException: No space left on device");
    }

    private void refused(HttpHandler handler, String because) throws IOException {
        try (var server = new LocalServer(handler)) {
            var http = new Http("registry", URI.create(server.url())).patientFor(Duration.ofMillis(500));
            var blob = new Artifact.Blob("text/plain", Digest.of(WEIGHTS), WEIGHTS.length, "weights");
            assertThatThrownBy(() -> new ArtifactClient(http, "lab/m").blob(blob, folder.resolve("blob")))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining(because)
                    .hasMessageNotContaining("cannot be reached");
            assertThat(folder).isEmptyDirectory();
        }
    }
}
