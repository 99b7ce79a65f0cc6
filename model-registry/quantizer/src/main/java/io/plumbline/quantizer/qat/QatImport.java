package io.plumbline.quantizer.qat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.ConstantInputs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a QDQ model as training tools export it small and fusible: float weights that enter a QuantizeLinear become integers,
 * float biases of Conv, ConvTranspose and Gemm between quantized tensors become int32 with the scale of their products, what
 * merely moves values goes before the DequantizeLinear, activations of both signs become unsigned, and the axis of every scale
 * per channel is written down. The ranges that training found are not touched.
 */
public final class QatImport {

    private final OnnxModel model;
    private final GraphEdit edit;
    private final StoredLevels levels;
    private final Map<String, OnnxMl.NodeProto> made = new HashMap<>();
    private final List<String> quantized = new ArrayList<>();

    private QatImport(OnnxModel model) {
        this.model = model;
        this.edit = new GraphEdit(model);
        this.levels = new StoredLevels(model, edit);
    }

    /** The first node that quantizes or dequantizes, described for people; empty for a model that is float throughout. */
    public static Optional<String> quantizedAt(OnnxModel model) {
        return model.proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("QuantizeLinear")
                        || node.getOpType().equals("DequantizeLinear"))
                .map(Nodes::describe)
                .findFirst();
    }

    /**
     * @return the model, and the nodes that work on dequantized tensors alone
     * @throws UnsupportedGraphException if the model holds no pair of QuantizeLinear and DequantizeLinear around a Conv, Gemm
     *     or MatMul; the model is never half done
     */
    public static QuantizedModel normalise(OnnxModel model, Provenance provenance) throws UnsupportedGraphException {
        var plain = OneSign.apply(MovedLevels.apply(ConstantInputs.drop(model)));
        var rewrite = new QatImport(plain);
        for (var node : plain.proto().getGraph().getNodeList()) {
            rewrite.take(node);
        }
        if (rewrite.quantized.isEmpty()) {
            throw new UnsupportedGraphException("no Conv, Gemm or MatMul between DequantizeLinear nodes:"
                    + " the model was not trained for quantization; quantize it");
        }
        provenance.writeTo(rewrite.edit);
        return new QuantizedModel(rewrite.edit.finish(), rewrite.quantized);
    }

    private void take(OnnxMl.NodeProto node) throws UnsupportedGraphException {
        if (levels.fold(node)) {
            return;
        }
        var result = levels.withExplicitAxis(node);
        var product = QuantizedProduct.of(result, made, model);
        if (product.isPresent()) {
            quantized.add(Nodes.describe(node));
            var bias = product.get().addBias(edit);
            if (bias.isPresent()) {
                result = result.toBuilder().setInput(2, bias.get()).build();
            }
        }
        edit.add(result);
        for (var output : result.getOutputList()) {
            made.put(output, result);
        }
    }
}
