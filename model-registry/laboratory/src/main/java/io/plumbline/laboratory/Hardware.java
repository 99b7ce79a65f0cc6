package io.plumbline.laboratory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The processor that this process runs on, by what matters to quantized models. */
public final class Hardware {

    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private Hardware() {}

    /** For example {@code x64 with VNNI}. */
    public static String describe() {
        return describe(System.getProperty("os.arch"), cpuinfo());
    }

    /** @param cpuinfo lines of {@code /proc/cpuinfo}; empty where there is none */
    static String describe(String arch, List<String> cpuinfo) {
        if (arch.equals("aarch64")) {
            return "ARM64";
        }
        if (!arch.equals("amd64") && !arch.equals("x86_64")) {
            return arch;
        }
        return flags(cpuinfo)
                .map(flags -> flags.contains("avx512_vnni") || flags.contains("avx_vnni")
                        ? "x64 with VNNI"
                        : "x64 without VNNI")
                .orElse("x64, with VNNI or without is not known");
    }

    private static Optional<List<String>> flags(List<String> cpuinfo) {
        return cpuinfo.stream()
                .filter(line -> line.startsWith("flags"))
                .map(line -> Arrays.asList(
                        line.substring(line.indexOf(':') + 1).strip().split(" ")))
                .findFirst();
    }

    private static List<String> cpuinfo() {
        try {
            return Files.isReadable(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
