package io.plumbline.cli.lab;

import io.plumbline.laboratory.Draft;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a person wants written: looked at before the work begins, written whole or not at all when it is done. */
public final class OutputFile {

    private final Path path;

    private OutputFile(Path path) {
        this.path = path;
    }

    /**
     * @param others files that must not be overwritten; they need not be there yet
     * @throws ToolException if nothing can be written there, or it is one of the others
     */
    public static OutputFile of(Path path, Path... others) throws ToolException {
        var folder = Draft.folder(path);
        if (Files.isDirectory(path)) {
            throw new ToolException(path + " is a folder: give the name of a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new ToolException(path + " cannot be written: there is no folder " + folder + ": make it first");
        }
        if (!Files.isWritable(folder)) {
            throw new ToolException(path + " cannot be written: " + folder + " is not writable");
        }
        for (var other : others) {
            if (isSame(path, other)) {
                throw new ToolException(path + " would overwrite the model " + other + ": give another name");
            }
        }
        return new OutputFile(path);
    }

    private static boolean isSame(Path path, Path other) throws ToolException {
        try {
            return path.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || (Files.exists(path) && Files.exists(other) && Files.isSameFile(path, other));
        } catch (IOException e) {
            throw new ToolException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    public void write(OnnxModel model) throws ToolException {
        try {
            Draft.write(model, path);
        } catch (IOException | UncheckedIOException e) {
            throw new ToolException(path + " cannot be written: " + e.getMessage(), e);
        }
    }

    public void write(byte[] content) throws ToolException {
        try {
            replace(path, content);
        } catch (IOException e) {
            throw new ToolException(path + " cannot be written: " + e, e);
        }
    }

    /** Whole or not at all, whoever reads it meanwhile. */
    public static void replace(Path file, byte[] content) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
