package io.plumbline.quantizer.onnx.upgrade;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Before IR version 4 every initializer had to be an input too; since then an input's initializer is its default. */
public final class ConstantInputs {

    /** Metadata of a model that lost inputs with a default: their names, the first few of many. */
    public static final String KEY = "plumbline.fixed-inputs";

    private static final long FIRST_IR_WITHOUT = 4;
    private static final int NAMED = 3;

    private ConstantInputs() {}

    /** Nobody can override a constant of the result, which says what could be: a quantized weight has one value. */
    public static OnnxModel drop(OnnxModel model) {
        var graph = model.proto().getGraph();
        var constants = new HashSet<String>();
        graph.getInitializerList().forEach(tensor -> constants.add(tensor.getName()));
        var kept = new ArrayList<OnnxMl.ValueInfoProto>();
        var fixed = new ArrayList<String>();
        for (var input : graph.getInputList()) {
            if (constants.contains(input.getName())) {
                fixed.add(input.getName());
            } else {
                kept.add(input);
            }
        }
        if (fixed.isEmpty()) {
            return model;
        }
        var irVersion = model.proto().getIrVersion();
        var result = model.proto().toBuilder()
                .setIrVersion(Math.max(irVersion, FIRST_IR_WITHOUT))
                .setGraph(graph.toBuilder().clearInput().addAllInput(kept));
        if (irVersion >= FIRST_IR_WITHOUT) {
            result.addMetadataProps(
                    OnnxMl.StringStringEntryProto.newBuilder().setKey(KEY).setValue(words(fixed)));
        }
        return OnnxModel.wrap(result.build());
    }

    private static String words(List<String> names) {
        var first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }
}
