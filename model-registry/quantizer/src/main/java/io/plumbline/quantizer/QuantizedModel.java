package io.plumbline.quantizer;

import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.List;

/** @param quantizedNodes described for people, in graph order; never empty */
public record QuantizedModel(OnnxModel model, List<String> quantizedNodes) {

    public QuantizedModel {
        quantizedNodes = List.copyOf(quantizedNodes);
    }

    public byte[] toBytes() {
        return model.toBytes();
    }
}
