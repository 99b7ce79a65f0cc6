package io.plumbline.cli.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of ours, with its log. Standard input stays open as long as we live. */
public final class ChildProcess {

    private static final int LOG_LINES = 8;

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(String name, List<String> command, Path logs) throws LaunchException {
        var log = logs.resolve(name + ".log");
        try {
            Files.createDirectories(logs);
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new LaunchException(name + " cannot be started: " + e.getMessage(), e);
        }
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

    /** @throws LaunchException if the process has ended, with the last lines of its log */
    public void requireAlive() throws LaunchException {
        if (!process.isAlive()) {
            throw new LaunchException(
                    name + " ended with exit code " + process.exitValue() + "; " + log + " ends with:\n" + lastLines());
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
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
