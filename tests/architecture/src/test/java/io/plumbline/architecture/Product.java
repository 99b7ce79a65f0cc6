package io.plumbline.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The product as it lies on disk: its modules, their compiled classes and their sources. */
final class Product {

    /** Every module with main code, as a folder below the root. */
    static final List<String> MODULES = List.of(
            "fleet-config/contract",
            "fleet-config/rollout",
            "fleet-config/signals",
            "fleet-config/database",
            "fleet-config/service",
            "edge-gateway/inference",
            "edge-gateway/service",
            "stream-processor/drift",
            "stream-processor/judging",
            "stream-processor/service",
            "model-registry/quantizer",
            "model-registry/laboratory",
            "model-registry/client",
            "model-registry/service",
            "cli",
            "tests/support",
            "tests/benchmarks");

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root", "../.."));

    private Product() {}

    static Path root() {
        return ROOT;
    }

    /** The compiled main classes of all modules. Services are read from disk: they must not be on one class path. */
    static JavaClasses classes() {
        var folders = MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPaths(folders);
    }

    static List<Path> mainSources() {
        return sources("src/main/java", MODULES);
    }

    static List<Path> testSources() {
        return sources(
                "src/test/java",
                Stream.concat(MODULES.stream(), Stream.of("tests/architecture", "tests/e2e", "tests/browser"))
                        .toList());
    }

    private static List<Path> sources(String folder, List<String> modules) {
        return modules.stream()
                .map(module -> ROOT.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(Product::javaFiles)
                .toList();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
