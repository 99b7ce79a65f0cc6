package io.plumbline.fleet.adapter.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.support.LoopbackPort;
import io.plumbline.support.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus Alertmanager on a free port of the loopback interface; it tells a hook of each alert on its own. */
final class RealAlertmanager implements AutoCloseable {

    private final Process process;
    private final URI url;

    private RealAlertmanager(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Where it is not installed the test is skipped, or fails: {@link Needed}. */
    static RealAlertmanager start(Path folder, URI hook) throws IOException {
        var program = Needed.program(
                "prometheus-alertmanager",
                Stream.of("/usr/bin/prometheus-alertmanager", "/usr/bin/alertmanager", "/usr/local/bin/alertmanager")
                        .map(Path::of));
        var settings = Files.writeString(folder.resolve("alertmanager.yml"), """
                        route: {receiver: hook, group_by: [plumbline_id], group_wait: 10ms, group_interval: 100ms}
                        receivers: [{name: hook, webhook_configs: [{url: "%s"}]}]
                        """.formatted(hook));
        var address = LoopbackPort.free().authority();
        var process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + settings,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        var started = new RealAlertmanager(process, URI.create("http://" + address));
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(started.get("/-/ready")).isNotEmpty());
        return started;
    }

    URI url() {
        return url;
    }

    /** What it says is active. */
    JsonNode active() {
        try {
            return new ObjectMapper().readTree(get("/api/v2/alerts?active=true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] get(String path) throws IOException {
        try (var in = url.resolve(path).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    /** Waits: it writes to its folder until it ends. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
