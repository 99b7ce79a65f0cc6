package io.plumbline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of a benchmark that talks in lines. All have the same heap and collector. */
public final class Child implements AutoCloseable {

    static final List<String> FLAGS = List.of("-Xmx128m", "-XX:+UseSerialGC");

    /** What a gateway is started with. */
    static final List<String> GATEWAY_FLAGS = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    static Child start(Class<?> main, Path log, String... arguments) throws IOException {
        return start(FLAGS, main, log, arguments);
    }

    public static Child start(List<String> flags, Class<?> main, Path log, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var child = new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        child.expect("READY");
        return child;
    }

    void say(String line) {
        in.println(line);
    }

    /** Waits for a line that begins like this. */
    public void expect(String word) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return;
            }
        }
        throw new IOException(process.info().command().orElse("a child") + " ended before it said " + word);
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time used so far by any process. */
    public static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() ->
                        new IllegalStateException("the processor time of process " + pid + " is not to be had here"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
