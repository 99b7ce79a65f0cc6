package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.sample.SampleQuestions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A file for each recalibration, named by the digest of its id, which may hold anything: in it the moment of the question. Thread-safe. */
public final class QuestionFolder implements SampleQuestions {

    private final Path root;

    private QuestionFolder(Path root) {
        this.root = root;
    }

    public static QuestionFolder open(Path root) throws IOException {
        return new QuestionFolder(Files.createDirectories(root));
    }

    private Path file(String recalibration) {
        return root.resolve(
                Digest.of(recalibration.getBytes(StandardCharsets.UTF_8)).hex());
    }

    @Override
    public synchronized void put(String recalibration, Instant at) {
        try {
            DurableFiles.write(file(recalibration), at.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Optional<Instant> last(String recalibration) {
        try {
            return moment(file(recalibration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void forget(String recalibration) {
        try {
            Files.deleteIfExists(file(recalibration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void forgetBefore(Instant oldest) {
        try {
            for (var file : files()) {
                // what holds no moment is nobody's question: left by a process that was killed while it wrote
                if (moment(file).filter(at -> !at.isBefore(oldest)).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(root)) {
            return files.toList();
        }
    }

    private static Optional<Instant> moment(Path file) throws IOException {
        try {
            return Optional.of(Instant.parse(Files.readString(file)));
        } catch (NoSuchFileException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
