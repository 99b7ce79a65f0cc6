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

/** Eclipse Mosquitto on a free port of the loopback interface, without limits on what may wait for a client. */
final class Mosquitto implements AutoCloseable {

    private static final String SETTINGS = """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence %s
            persistence_location %s/
            user %s
            max_queued_messages 0
            max_inflight_messages 0
            """;

    private final ProcessBuilder command;
    private final int port;
    private Process process;

    private Mosquitto(ProcessBuilder command, int port) throws IOException {
        this.command = command;
        this.port = port;
        this.process = command.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroy(), "stop-mosquitto"));
    }

    static Optional<Path> installed() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param kept whether sessions and messages outlive a restart */
    static Mosquitto start(Path program, Path folder, boolean kept)
            throws IOException, InterruptedException, LaunchException {
        var port = FreePorts.take(1).get(0);
        var text = SETTINGS.formatted(port, kept, folder, System.getProperty("user.name"));
        var settings = Files.writeString(folder.resolve("mosquitto.conf"), text);
        var log = folder.resolve("mosquitto.log").toFile();
        var broker = new Mosquitto(
                new ProcessBuilder(program.toString(), "-c", settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log)),
                port);
        broker.awaitAnswer();
        return broker;
    }

    /** Again, on the same port. */
    void begin() throws IOException, InterruptedException {
        process = command.start();
        awaitAnswer();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        for (int i = 0; !answers(); i++) {
            if (i > 500 || !process.isAlive()) {
                throw new IOException("mosquitto does not answer; it was started by " + command.command());
            }
            Thread.sleep(10);
        }
    }

    /** In order, so that it keeps what it is told to keep. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
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
