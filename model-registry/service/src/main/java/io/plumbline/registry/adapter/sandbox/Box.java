package io.plumbline.registry.adapter.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** A folder between the two processes. */
record Box(Path folder) {

    Path model() {
        return folder.resolve("model.onnx");
    }

    /** A self-test without outputs. */
    Path probes() {
        return folder.resolve("probes.json");
    }

    /** The same with outputs. */
    Path answer() {
        return folder.resolve("answer.json");
    }

    /** One line. */
    Path problem() {
        return folder.resolve("problem.txt");
    }

    /** What the child printed. */
    Path log() {
        return folder.resolve("child.log");
    }

    Optional<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
