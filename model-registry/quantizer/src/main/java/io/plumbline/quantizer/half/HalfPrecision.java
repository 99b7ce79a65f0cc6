package io.plumbline.quantizer.half;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.ConstantInputs;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Float32 to float16: constants and arithmetic in half precision, inputs and outputs of the graph in float32 as before.
 * Operators that have no float16 stay float32 between casts. On processors without float16 arithmetic, as most x64 ones, such
 * a model is half as large and slower.
 */
public final class HalfPrecision {

    private HalfPrecision() {}

    /**
     * @param runtime asked for element types only where a node stays float32
     * @throws UnsupportedGraphException if there is no float32 to convert, a node carries inner graphs, an input or output is
     *     no tensor, or the runtime cannot load the model
     */
    public static QuantizedModel convert(OnnxModel source, QuantizerRuntime runtime, Provenance provenance)
            throws UnsupportedGraphException {
        var model = ConstantInputs.drop(source);
        var graph = model.proto().getGraph();
        refuseForeign(graph);
        var edit = new GraphEdit(model);
        var rewrite = new HalfRewrite(model, edit, types(model, runtime));
        for (var node : graph.getNodeList()) {
            rewrite.take(node);
        }
        rewrite.finishOutputs();
        if (rewrite.converted().isEmpty()) {
            throw new UnsupportedGraphException("no node that could run in half precision: nothing to convert");
        }
        provenance.writeTo(edit);
        return new QuantizedModel(withoutTypes(edit.finish()), rewrite.converted());
    }

    private static void refuseForeign(OnnxMl.GraphProto graph) throws UnsupportedGraphException {
        for (var node : graph.getNodeList()) {
            if (Nodes.hasInnerGraph(node)) {
                throw UnsupportedGraphException.at(
                        Nodes.describe(node), "graphs inside a node cannot be converted to half precision");
            }
        }
        for (var values : List.of(graph.getInputList(), graph.getOutputList())) {
            for (var value : values) {
                if (value.hasType() && !value.getType().hasTensorType()) {
                    throw new UnsupportedGraphException("'" + value.getName() + "' is no tensor");
                }
            }
        }
    }

    /** Element types around the nodes that stay float32. */
    private static Map<String, String> types(OnnxModel model, QuantizerRuntime runtime)
            throws UnsupportedGraphException {
        Set<String> unclear = new LinkedHashSet<>();
        for (var node : model.proto().getGraph().getNodeList()) {
            if (FloatOperators.staysFloat(node)) {
                unclear.addAll(node.getInputList());
                unclear.addAll(node.getOutputList());
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                if (FloatOperators.isFloatInput(node, i, model.opset())) {
                    unclear.add(node.getInput(i));
                }
            }
        }
        var made = new LinkedHashSet<String>();
        model.proto().getGraph().getNodeList().forEach(node -> made.addAll(node.getOutputList()));
        unclear.retainAll(made);
        unclear.remove("");
        return unclear.isEmpty() ? Map.of() : runtime.elementTypes(model, List.copyOf(unclear));
    }

    /** The types noted for inner tensors are no longer true; runtimes infer them. */
    private static OnnxModel withoutTypes(OnnxModel model) {
        var graph = model.proto().getGraph().toBuilder();
        var kept = graph.getValueInfoList().stream()
                .filter(value -> value.getType().getTensorType().getElemType() != DataType.FLOAT.getNumber())
                .toList();
        graph.clearValueInfo().addAllValueInfo(kept);
        return OnnxModel.wrap(model.proto().toBuilder().setGraph(graph).build());
    }
}
