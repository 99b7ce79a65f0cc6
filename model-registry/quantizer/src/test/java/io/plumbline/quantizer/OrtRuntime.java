package io.plumbline.quantizer;

import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;

/** ONNX Runtime as the quantizer's tests use it. */
public enum OrtRuntime implements QuantizerRuntime {
    INSTANCE;

    @Override
    public Map<String, String> elementTypes(OnnxModel model, List<String> tensors) throws UnsupportedGraphException {
        try {
            return OrtGraphTools.elementTypes(model.toBytes(), tensors);
        } catch (ModelLoadException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public OnnxModel optimizeBasic(OnnxModel model) throws UnsupportedGraphException {
        try {
            return OnnxModel.parse(OrtGraphTools.optimizeBasic(model.toBytes()));
        } catch (ModelLoadException | MalformedModelException e) {
            throw new UnsupportedGraphException(String.valueOf(e.getMessage()));
        }
    }
}
