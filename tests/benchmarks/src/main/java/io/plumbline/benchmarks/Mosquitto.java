package io.plumbline.benchmarks;

import io.plumbline.cli.launch.FreePorts;
import io.plumbline.cli.launch.LaunchException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Eclipse Mosquitto on a free port of the loopback interface, in memory, without limits on what may wait for a client. */
final class Mosquitto implements AutoCloseable {

    private static final String SETTINGS = """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence false
            max_queued_messages 0
            max_inflight_messages 0
            """;

    private final Process process;
    private final int port;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Optional<Path> installed() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Mosquitto start(Path program, Path folder) throws IOException, InterruptedException, LaunchException {
        var port = FreePorts.take(1).get(0);
        var settings = Files.writeString(folder.resolve("mosquitto.conf"), SETTINGS.formatted(port));
        var process = new ProcessBuilder(program.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        var broker = new Mosquitto(process, port);
        for (int i = 0; !broker.answers(); i++) {
            if (i > 500 || !process.isAlive()) {
                throw new IOException("mosquitto does not answer; its log is " + folder.resolve("mosquitto.log"));
            }
            Thread.sleep(10);
        }
        return broker;
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
