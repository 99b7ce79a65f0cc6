package io.plumbline.cli.lab;

import static java.util.stream.Collectors.toCollection;

import io.plumbline.contract.id.Digest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.TensorSpec;
import io.plumbline.laboratory.Draft;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qdq.Recalibration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Set;
import java.util.TreeSet;
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

    /**
     * @param other the same file once it is loaded
     * @throws ToolException if it does not take what the first model takes
     */
    public void requireInputs(OrtEngine other, OrtEngine first) throws ToolException {
        if (!names(other).equals(names(first))) {
            throw new ToolException(path + " takes " + names(other) + ", but the first model takes " + names(first)
                    + ": give builds of one model");
        }
    }

    private static Set<String> names(OrtEngine engine) {
        return engine.inputs().stream().map(TensorSpec::name).collect(toCollection(TreeSet::new));
    }

    public OrtEngine load(EngineOptions options) throws ToolException {
        try {
            return OrtEngine.load(path, options);
        } catch (ModelLoadException e) {
            throw new ToolException(path + ": " + reason(e), e);
        }
    }

    /**
     * Of a static build: what it answers without rounding its activations.
     *
     * @param drafts folder for a file that is there while it is loaded
     * @throws ToolException if it is none
     */
    public OrtEngine loadFloatForm(EngineOptions options, Path drafts) throws ToolException {
        try (var draft = Draft.of(Recalibration.of(parsed()).floatForm(), drafts)) {
            return OrtEngine.load(draft.path(), options);
        } catch (UnsupportedGraphException | ModelLoadException e) {
            throw new ToolException(path + ": " + e.getMessage(), e);
        }
    }

    /** What is no model at all is told in words that name the byte; the runtime's are kept for the rest. */
    private String reason(ModelLoadException e) throws ToolException {
        try {
            model();
            return String.valueOf(e.getMessage());
        } catch (MalformedModelException malformed) {
            return String.valueOf(malformed.getMessage());
        } catch (IOException unread) {
            throw unreadable(unread);
        }
    }
}
