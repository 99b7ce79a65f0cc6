package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose disk takes nothing: it stays, says why it is not ready, and goes on when the disk is back. */
class UnwritableDiskIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));

    @TempDir
    private Path folder = Path.of("");

    private Path disk = folder;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "plumbline-test", disk.toString()))
                .as("a small disk can be mounted here")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void aReadOnlyDiskIsWaitedFor() throws Exception {
        // Given
        run("mount", "-o", "remount,ro", disk.toString());

        // When
        var gateway = start();
        try {

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(ready(gateway.url())).contains("503").contains("Read-only file system"));
            run("mount", "-o", "remount,rw,size=16m", disk.toString());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(ready(gateway.url())).contains("200").contains("\"disk\": \"works\""));
            assertThat(gateway.process().isAlive()).isTrue();
        } finally {
            gateway.process().stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void aFullDiskIsWaitedFor() throws Exception {
        // Given
        var filler = disk.resolve("filler");
        assumeThat(run("dd", "if=/dev/zero", "of=" + filler, "bs=64k", "count=2"))
                .isNotZero();

        // When
        var gateway = start();
        try {

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(ready(gateway.url())).contains("503").contains("No space left on device"));
            run("mount", "-o", "remount,rw,size=16m", disk.toString());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ready(gateway.url())).contains("200"));
            assertThat(gateway.process().isAlive()).isTrue();
        } finally {
            gateway.process().stop(Duration.ofSeconds(10));
        }
    }

    private Service start() throws Exception {
        var nobody = "127.0.0.1:" + FreePorts.take(1).get(0);
        return Service.start(
                new Installation(ROOT),
                Service.Program.of(ServiceKind.GATEWAY, "gateway"),
                folder.resolve("logs"),
                Map.of(
                        "plumbline.gateway.id",
                        "gw-north",
                        "plumbline.gateway.site",
                        "north",
                        "plumbline.gateway.data-dir",
                        disk.resolve("data").toString(),
                        "plumbline.gateway.mqtt-url",
                        "tcp://" + nobody,
                        "plumbline.gateway.registry-url",
                        "http://" + nobody,
                        "plumbline.gateway.fleet-url",
                        "http://" + nobody,
                        "plumbline.gateway.trust-root",
                        folder.resolve("trust.json").toString(),
                        "kafka.bootstrap.servers",
                        nobody));
    }

    private static String ready(URI gateway) throws InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/q/health/ready")).build();
        try {
            var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException notYet) {
            return "no answer";
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
