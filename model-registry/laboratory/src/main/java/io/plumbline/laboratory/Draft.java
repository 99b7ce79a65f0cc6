package io.plumbline.laboratory;

import io.plumbline.quantizer.onnx.OnnxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model file that nobody has asked for yet, in a folder of its own: runtimes load models of any size from files alone.
 * Closing deletes it.
 *
 * @param path the file has the name it would have in the end, since a second file with its weights is referred to by name
 */
public record Draft(Path path) implements AutoCloseable {

    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private static final String NAME = "model.onnx";

    /** A process that ends in the middle of its work leaves none behind. */
    private static final Set<Draft> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Draft::abandon), "delete-drafts"));
    }

    /** One that somebody still writes to may stay; the others must not stay with it. */
    private void abandon() {
        try {
            delete();
        } catch (UncheckedIOException e) {
            System.getLogger(Draft.class.getName())
                    .log(System.Logger.Level.WARNING, "draft-left-behind reason={0}", e.getMessage());
        }
    }

    /** No file yet, where temporary files lie. */
    public static Draft empty() {
        return empty(TEMPORARY);
    }

    /** No file yet. */
    public static Draft empty(Path parent) {
        return empty(parent, NAME);
    }

    private static Draft empty(Path parent, String name) {
        try {
            var draft =
                    new Draft(Files.createTempDirectory(parent, ".plumbline").resolve(name));
            OPEN.add(draft);
            return draft;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder can be made in " + parent + ": " + e.getMessage(), e);
        }
    }

    public static Draft of(OnnxModel model, Path parent) {
        return empty(parent, NAME).with(model);
    }

    private Draft with(OnnxModel model) {
        try {
            model.write(path);
            return this;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a model where somebody wants it: each file whole or not at all, the weights before the file that refers to them.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(OnnxModel model, Path target) throws IOException {
        var folder = folder(target);
        try (var draft = empty(folder, String.valueOf(target.getFileName())).with(model)) {
            for (var name : List.of(target.getFileName() + ".data", String.valueOf(target.getFileName()))) {
                var file = draft.path.resolveSibling(name);
                if (Files.exists(file)) {
                    Files.move(
                            file,
                            folder.resolve(name),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Where a file lies. */
    public static Path folder(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    /** With the weights in a second file. */
    public long size() {
        try (var files = Files.list(folder(path))) {
            var size = 0L;
            for (var file : files.toList()) {
                size += Files.size(file);
            }
            return size;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (OPEN.remove(this)) {
            delete();
        }
    }

    private void delete() {
        try (var files = Files.list(folder(path))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
