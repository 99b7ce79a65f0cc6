package io.plumbline.quantizer;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.upgrade.ConstantInputs;
import java.util.List;
import java.util.Optional;

/** @param quantizedNodes described for people, in graph order; never empty */
public record QuantizedModel(OnnxModel model, List<String> quantizedNodes) {

    public QuantizedModel {
        quantizedNodes = List.copyOf(quantizedNodes);
    }

    /** Inputs of the source that are constants here, because they had a value; names for people. */
    public Optional<String> fixedInputs() {
        return model.proto().getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(ConstantInputs.KEY))
                .map(OnnxMl.StringStringEntryProto::getValue)
                .findFirst();
    }

    public byte[] toBytes() {
        return model.toBytes();
    }
}
