package io.plumbline.cli.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of ours, with its log. Standard input stays open as long as we live. */
public final class ChildProcess {

    /** Keeps a Ctrl-C that is meant for us from the children: we stop them, in order. */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private ChildProcess(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    static ChildProcess start(String name, List<String> command, Path logs) throws LaunchException {
        return Children.add(() -> launch(name, command, logs.resolve(name + ".log")));
    }

    private static ChildProcess launch(String name, List<String> command, Path log) throws LaunchException {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var logStart = Files.exists(log) ? Files.size(log) : 0;
            var builder = new ProcessBuilder(inOwnSession(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
            // Each arena of the C allocator keeps what its threads freed; by default there are eight to a core.
            builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
            return new ChildProcess(name, builder.start(), log, logStart);
        } catch (IOException e) {
            throw new LaunchException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> inOwnSession(List<String> command) {
        if (!Files.isExecutable(OWN_SESSION)) {
            return command;
        }
        var words = new ArrayList<String>();
        words.add(OWN_SESSION.toString());
        words.addAll(command);
        return words;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** @throws LaunchException if the process has ended, with the last thing that it said */
    public void requireAlive() throws LaunchException {
        if (!process.isAlive()) {
            throw new LaunchException(
                    name + " ended with exit code " + process.exitValue() + ": " + lastWords() + "; its log is " + log);
        }
    }

    /** Whether a line of this process's own part of the log is this one. */
    boolean hasSaid(String line) throws LaunchException {
        try {
            return said().anyMatch(line::equals);
        } catch (IOException e) {
            throw new LaunchException("the log " + log + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The last line that is not part of a stack trace. */
    private String lastWords() {
        try {
            return said().filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                    .filter(line -> !line.startsWith("Caused by:"))
                    .reduce((first, second) -> second)
                    .orElse("it said nothing");
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    /** What this process wrote; what earlier ones wrote into the same log comes before it. */
    private Stream<String> said() throws IOException {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(logStart);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    /** SIGTERM, and SIGKILL after the patience is used up. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM without waiting. */
    void beginStop() {
        process.destroy();
    }

    /** SIGKILL: what a power cut does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
