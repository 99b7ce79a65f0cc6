package io.plumbline.registry.adapter.disk;

import io.plumbline.contract.id.Digest;
import io.plumbline.registry.core.build.Attempts;
import io.plumbline.registry.core.build.BuildException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Attempts as files: each counts how often its piece was begun since it was last over. An orderly end of the process is no end during a piece. */
public final class AttemptFiles implements Attempts, AutoCloseable {

    private final Path folder;
    private final Set<Path> underway = new HashSet<>();
    private boolean closed;

    private AttemptFiles(Path folder) {
        this.folder = folder;
    }

    public static AttemptFiles open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new AttemptFiles(folder);
    }

    @Override
    public <T> T at(String name, String words, Piece<T> piece) throws BuildException {
        return at(name, words, MOST, piece);
    }

    @Override
    public <T> T aside(String name, String words, Piece<T> piece) throws BuildException {
        return at(name, words, MOST_ASIDE, piece);
    }

    private <T> T at(String name, String words, int most, Piece<T> piece) throws BuildException {
        var file = folder.resolve(hash(name) + "-" + hash(words));
        begin(file, words, most);
        try {
            return piece.run();
        } finally {
            end(file);
        }
    }

    private synchronized void begin(Path file, String words, int most) throws BuildException {
        var before = begun(file);
        if (before >= most) {
            throw new BuildException(
                    "the registry's process ended " + before + " times in a row while it worked on " + words
                            + ", and does not try it again: give it more memory or mend the model, then push it or ask for it again");
        }
        if (closed) {
            return;
        }
        write(file, before + 1);
        underway.add(file);
    }

    private synchronized void end(Path file) {
        underway.remove(file);
        if (closed) {
            return;
        }
        delete(file);
    }

    @Override
    public synchronized void forget(String name) {
        try (var files = Files.newDirectoryStream(folder, hash(name) + "-*")) {
            files.forEach(AttemptFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is under way was not what ended the process. */
    @Override
    public synchronized void close() {
        closed = true;
        for (var file : List.copyOf(underway)) {
            write(file, begun(file) - 1);
        }
        underway.clear();
    }

    private static int begun(Path file) {
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            // Cut off by a power cut, as it cannot be by us: begun at least once.
            return 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, int begun) {
        try {
            DurableFiles.write(file, Integer.toString(begun).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).shortHex();
    }
}
