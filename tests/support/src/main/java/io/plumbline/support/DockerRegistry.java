package io.plumbline.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Debian's {@code docker-registry} on a free port of the loopback interface; it asks for a name and a password. */
public final class DockerRegistry implements AutoCloseable {

    public static final String USER = "ada";
    public static final String PASSWORD = "s3cret";

    private static final String HASH = "$2b$05$9Krir5qh5dx3cJApBjRaTutXj2Xnk6MmL7rRUmejsL6MoIx9f.lWC";

    private final Process process;
    private final LoopbackPort port;

    private DockerRegistry(Process process, LoopbackPort port) {
        this.process = process;
        this.port = port;
    }

    /** Where the package is not installed the test is skipped, or fails: {@link Needed}. */
    public static DockerRegistry start(Path folder) throws IOException {
        var program = Needed.program("docker-registry", Stream.of(Path.of("/usr/bin/docker-registry")));
        var passwords = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
        var port = LoopbackPort.free();
        var settings = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage: {filesystem: {rootdirectory: '" + folder.resolve("blobs") + "'}}\n"
                        + "http: {addr: '" + port.authority() + "'}\nauth: {htpasswd: {realm: tests, path: '"
                        + passwords
                        + "'}}\n");
        var process = new ProcessBuilder(program.toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        var registry = new DockerRegistry(process, port);
        try {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(port.answers()).isTrue());
            return registry;
        } catch (ConditionTimeoutException e) {
            registry.close();
            throw e;
        }
    }

    /** Host and port. */
    public String authority() {
        return port.authority();
    }

    /** It is gone then, and writes no more into its folder. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
