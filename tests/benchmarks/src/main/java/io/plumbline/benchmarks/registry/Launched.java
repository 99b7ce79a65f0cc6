package io.plumbline.benchmarks.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small program that is compiled at its start against the jars of a packaged service: it runs a service's own code, or stack, without
 * this module knowing it.
 */
final class Launched implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private Launched(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * @param service the runnable jar of the service
     * @param program its name in this module's resources
     */
    static Launched start(Path service, String program, Path folder, String... arguments) throws IOException {
        var source = folder.resolve(program + ".java");
        try (var in = Launched.class.getResourceAsStream("/registry/" + program + ".java")) {
            if (in == null) {
                throw new IllegalStateException("the resource " + program + " is not there: this is a bug");
            }
            Files.write(source, in.readAllBytes());
        }
        var home = service.resolveSibling(".").normalize();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // as the registry is started
        command.addAll(List.of("-Xmx128m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        var jars = Stream.of("app", "lib/main", "lib/boot")
                .map(place -> home.resolve(place) + "/*")
                .collect(Collectors.joining(":"));
        command.addAll(List.of("-cp", jars, source.toString()));
        command.addAll(List.of(arguments));
        return new Launched(new ProcessBuilder(command)
                .redirectError(folder.resolve(program + ".err").toFile())
                .start());
    }

    /** Whether it said so before it ended. */
    boolean says(String word) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(word)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
