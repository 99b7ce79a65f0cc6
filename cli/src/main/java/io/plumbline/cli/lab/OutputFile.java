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
     * @param source a file that must not be overwritten
     * @throws ToolException if nothing can be written there, or it is the source
     */
    public static OutputFile of(Path path, Path source) throws ToolException {
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
        if (isSame(path, source)) {
            throw new ToolException(path + " is the model itself, which stays as it is: give another name");
        }
        return new OutputFile(path);
    }

    private static boolean isSame(Path path, Path source) throws ToolException {
        try {
            return Files.exists(path) && Files.exists(source) && Files.isSameFile(path, source);
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
            var draft = path.resolveSibling(path.getFileName() + ".draft");
            Files.write(draft, content);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ToolException(path + " cannot be written: " + e, e);
        }
    }
}
