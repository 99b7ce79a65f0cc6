package io.plumbline.quantizer.onnx.upgrade;

import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.HashSet;

/** Before IR version 4 every initializer had to be an input too; since then an input's initializer is its default. */
final class ConstantInputs {

    private static final long FIRST_IR_WITHOUT = 4;

    private ConstantInputs() {}

    /** Nobody can override a constant of the result: a quantized weight has one value. */
    static OnnxModel drop(OnnxModel model) {
        var graph = model.proto().getGraph();
        var constants = new HashSet<String>();
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        var inputs = graph.getInputList().stream()
                .filter(input -> !constants.contains(input.getName()))
                .toList();
        if (inputs.size() == graph.getInputCount()) {
            return model;
        }
        return OnnxModel.wrap(model.proto().toBuilder()
                .setIrVersion(Math.max(model.proto().getIrVersion(), FIRST_IR_WITHOUT))
                .setGraph(graph.toBuilder().clearInput().addAllInput(inputs))
                .build());
    }
}
