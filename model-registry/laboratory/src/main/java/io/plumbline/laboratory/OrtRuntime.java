package io.plumbline.laboratory;

import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime, as the quantizer wants to ask it: through files, so that models may be of any size.
 *
 * @param folder where drafts of models go for the time of a question
 */
public record OrtRuntime(Path folder) implements QuantizerRuntime {

    /** With drafts in the machine's folder for temporary files. */
    public OrtRuntime() {
        this(Draft.TEMPORARY);
    }

    @Override
    public Map<String, String> elementTypes(OnnxModel model, List<String> tensors) throws UnsupportedGraphException {
        try (var draft = Draft.of(model, folder)) {
            return OrtGraphTools.elementTypes(draft.path(), tensors);
        } catch (ModelLoadException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    /** Its weights stay mapped into memory from a file that is deleted already. */
    @Override
    public OnnxModel optimizeBasic(OnnxModel model) throws UnsupportedGraphException {
        try (var draft = Draft.of(model, folder);
                var optimized = Draft.empty(folder)) {
            OrtGraphTools.optimizeBasic(draft.path(), optimized.path());
            return OnnxModel.read(optimized.path());
        } catch (ModelLoadException | MalformedModelException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("the optimized model cannot be read: " + e.getMessage(), e);
        }
    }
}
