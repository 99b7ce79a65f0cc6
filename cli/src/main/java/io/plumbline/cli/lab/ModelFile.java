package io.plumbline.cli.lab;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An ONNX file that a person named. */
public final class ModelFile {

    private final Path path;
    private final byte[] bytes;

    private ModelFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    public static ModelFile read(Path path) throws ToolException {
        try {
            return new ModelFile(path, Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new ToolException(path + " does not exist", e);
        } catch (IOException e) {
            throw new ToolException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    public String name() {
        return String.valueOf(path.getFileName());
    }

    public long size() {
        return bytes.length;
    }

    /** Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public OnnxModel parsed() throws ToolException {
        try {
            return OnnxModel.parse(bytes);
        } catch (MalformedModelException e) {
            throw new ToolException(path + ": " + e.getMessage(), e);
        }
    }

    public OrtEngine load(EngineOptions options) throws ToolException {
        return load(path.toString(), bytes, options);
    }

    public static OrtEngine load(String name, byte[] onnx, EngineOptions options) throws ToolException {
        try {
            return OrtEngine.load(onnx, options);
        } catch (ModelLoadException e) {
            throw new ToolException(name + ": " + e.getMessage(), e);
        }
    }
}
