package io.plumbline.cli.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command line of a child JVM: small and quick to start, with the JDK that runs this process. */
final class JavaCommand {

    private final List<String> words = new ArrayList<>();

    private JavaCommand() {}

    static JavaCommand sized(int heapMb, Path agent) {
        var command = new JavaCommand();
        command.words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMb + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=64m",
                // Or the heap is collected whole three times before a service has loaded its classes.
                "-XX:MetaspaceSize=64m",
                // Gives back what the C allocator keeps of closed models. Not known before 17.0.9 and 21.0.1.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:TrimNativeHeapInterval=5000",
                "-javaagent:" + agent));
        if (Runtime.version().feature() >= 22) {
            command.words.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 23) {
            // Netty and Protobuf use it; newer Java warns of it on standard error.
            command.words.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    JavaCommand options(List<String> options) {
        words.addAll(options);
        return this;
    }

    JavaCommand properties(Map<String, String> properties) {
        new TreeMap<>(properties).forEach((key, value) -> words.add("-D" + key + "=" + value));
        return this;
    }

    List<String> jar(Path jar) {
        words.addAll(List.of("-jar", jar.toString()));
        return List.copyOf(words);
    }

    List<String> main(List<Path> classPath, String mainClass, String... arguments) {
        var path = String.join(":", classPath.stream().map(Path::toString).toList());
        words.addAll(List.of("-cp", path, mainClass));
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }
}
