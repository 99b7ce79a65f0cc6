package io.plumbline.cli.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Resident memory of processes, from /proc; 0 where there is none. */
public final class ResidentMemory {

    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /** The sum over these processes and this one, in bytes. */
    public static long bytes(List<ChildProcess> processes) {
        var total = of(ProcessHandle.current().pid());
        for (var process : processes) {
            total += of(process.pid());
        }
        return total;
    }

    private static long of(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith(LINE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
