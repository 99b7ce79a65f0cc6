package io.plumbline.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Eclipse Mosquitto on a free port of the loopback interface. */
public final class Mosquitto implements AutoCloseable {

    private final Process process;
    private final LoopbackPort port;

    private Mosquitto(Process process, LoopbackPort port) {
        this.process = process;
        this.port = port;
    }

    /** Where Mosquitto is not installed the test is skipped, or fails: {@link Needed}. */
    public static Mosquitto start(Path folder) throws IOException {
        return start(folder, LoopbackPort.free(), "");
    }

    /** On the port of one that was closed. */
    public static Mosquitto start(Path folder, int port) throws IOException {
        return start(folder, new LoopbackPort(port), "");
    }

    /** With a setting that names a file with this content. */
    public static Mosquitto start(Path folder, String setting, String content) throws IOException {
        var file = Files.writeString(folder.resolve(setting), content);
        return start(folder, LoopbackPort.free(), setting + " " + file + "\n");
    }

    private static Mosquitto start(Path folder, LoopbackPort port, String more) throws IOException {
        var program = Needed.program(
                "mosquitto",
                Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                        .map(Path::of));
        // As the user who runs the test: another could not read the files of this folder.
        var settings = Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port.number() + " 127.0.0.1\nallow_anonymous true\nuser "
                        + System.getProperty("user.name") + "\n" + more);
        var process = new ProcessBuilder(program.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        var broker = new Mosquitto(process, port);
        await().untilAsserted(() -> assertThat(port.answers()).isTrue());
        return broker;
    }

    public int port() {
        return port.number();
    }

    public String url() {
        return "tcp://" + port.authority();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
