package io.plumbline.laboratory;

import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;

/** ONNX Runtime, as the quantizer wants to ask it. */
public final class OrtRuntime implements QuantizerRuntime {

    @Override
    public Map<String, String> elementTypes(byte[] model, List<String> tensors) throws UnsupportedGraphException {
        try {
            return OrtGraphTools.elementTypes(model, tensors);
        } catch (ModelLoadException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public byte[] optimizeBasic(byte[] model) throws UnsupportedGraphException {
        try {
            return OrtGraphTools.optimizeBasic(model);
        } catch (ModelLoadException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }
}
