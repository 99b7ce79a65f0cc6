package io.plumbline.cli.tool;

import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtGraphTools;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.inspect.Layers;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two models with every float tensor that both have as an output.
 *
 * @param names the reference's tensors with the candidate's
 */
record LayerPairs(Map<String, String> names, Observed observed) {

    /** Both models as ONNX bytes. */
    record Observed(OnnxModel reference, OnnxModel candidate) {}

    static LayerPairs of(ModelFile reference, ModelFile candidate) throws ToolException {
        var names = Layers.pairs(floats(reference), floats(candidate));
        if (names.isEmpty()) {
            throw new ToolException(reference.path() + " and " + candidate.path() + " have no tensor in common");
        }
        return new LayerPairs(
                names,
                new Observed(
                        observed(reference, List.copyOf(names.keySet())),
                        observed(candidate, List.copyOf(names.values()))));
    }

    byte[] reference() {
        return observed.reference().toBytes();
    }

    byte[] candidate() {
        return observed.candidate().toBytes();
    }

    private static Set<String> floats(ModelFile file) throws ToolException {
        try {
            var tensors = List.copyOf(Layers.tensors(file.parsed()));
            Set<String> floats = new LinkedHashSet<>();
            OrtGraphTools.elementTypes(file.bytes(), tensors).forEach((name, type) -> {
                if (type.equals("float")) {
                    floats.add(name);
                }
            });
            return floats;
        } catch (ModelLoadException e) {
            throw new ToolException(file.path() + ": " + e.getMessage(), e);
        }
    }

    private static OnnxModel observed(ModelFile file, List<String> tensors) throws ToolException {
        try {
            return ObservedModel.of(file.parsed(), tensors);
        } catch (UnsupportedGraphException e) {
            throw new ToolException(file.path() + ": " + e.getMessage(), e);
        }
    }
}
