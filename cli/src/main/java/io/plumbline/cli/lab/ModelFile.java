package io.plumbline.cli.lab;

import io.plumbline.contract.id.Digest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import org.jspecify.annotations.Nullable;

/** An ONNX file that a person named, with the files beside it that its weights may lie in. One thread. */
public final class ModelFile {

    private final Path path;
    private @Nullable OnnxModel parsed;

    private ModelFile(Path path) {
        this.path = path;
    }

    /** Reads nothing yet. */
    public static ModelFile of(Path path) throws ToolException {
        if (!Files.isRegularFile(path)) {
            throw new ToolException(path + (Files.exists(path) ? " is no file" : " does not exist"));
        }
        return new ModelFile(path);
    }

    public Path path() {
        return path;
    }

    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** In bytes, with the files beside it; of a model that only the runtime can read, of its file alone. */
    public long size() throws ToolException {
        try {
            var size = Files.size(path);
            for (var file : model().dataFiles()) {
                size += Files.size(file);
            }
            return size;
        } catch (MalformedModelException e) {
            return path.toFile().length();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public OnnxModel parsed() throws ToolException {
        try {
            return model();
        } catch (MalformedModelException e) {
            throw new ToolException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private OnnxModel model() throws MalformedModelException, IOException {
        var known = parsed;
        if (known == null) {
            known = OnnxModel.read(path);
            parsed = known;
        }
        return known;
    }

    /** Of the file, followed by those beside it in the order of their names. */
    public Digest digest() throws ToolException {
        var model = parsed();
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), Digest.sha256())) {
            Files.copy(path, sink);
            for (var file : model.dataFiles()) {
                Files.copy(file, sink);
            }
            return Digest.ofHash(sink.getMessageDigest().digest());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ToolException unreadable(IOException e) {
        return new ToolException(path + " cannot be read: " + e.getMessage(), e);
    }

    public OrtEngine load(EngineOptions options) throws ToolException {
        try {
            return OrtEngine.load(path, options);
        } catch (ModelLoadException e) {
            throw new ToolException(path + ": " + e.getMessage(), e);
        }
    }
}
