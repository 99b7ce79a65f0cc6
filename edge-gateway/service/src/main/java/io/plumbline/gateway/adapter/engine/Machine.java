package io.plumbline.gateway.adapter.engine;

import io.plumbline.inference.OrtEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a measurement of speed holds for: processor, number of cores, and runtime. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** In one line. */
    static String identity() {
        return System.getProperty("os.arch") + "|" + processors() + "|"
                + Runtime.getRuntime().availableProcessors() + "|ONNX Runtime " + OrtEngine.runtimeVersion();
    }

    /** Names on x86, implementer and part numbers on ARM; empty where the system does not tell. */
    private static String processors() {
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name") || line.startsWith("CPU "))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .toString();
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }
}
