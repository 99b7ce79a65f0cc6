package io.plumbline.gateway.adapter.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What this process holds in memory: the heap, and the weights and buffers of the models, which are outside of it. From {@code /proc}, so on
 * Linux alone.
 */
public final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "VmRSS:";
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** In bytes; empty where it cannot be known. */
    public static Optional<Long> bytes() {
        try {
            return Files.isReadable(STATUS) ? of(Files.readAllLines(STATUS)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param status lines such as {@code VmRSS:     123456 kB} */
    static Optional<Long> of(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).replace("kB", "").strip())
                .filter(number -> number.matches("[0-9]{1,15}"))
                .map(number -> Long.parseLong(number) * KIB)
                .findFirst();
    }
}
