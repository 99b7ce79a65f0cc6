package io.plumbline.quantizer;

import io.plumbline.quantizer.arithmetic.SignedWeights;
import io.plumbline.quantizer.dynamic.DynamicRewrite;
import io.plumbline.quantizer.onnx.GraphEdit;
import io.plumbline.quantizer.onnx.NodeNames;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.ConstantInputs;

/**
 * Dynamic INT8: weights of MatMul, Gemm, LSTM and Attention as signed bytes, embedding tables as unsigned ones, activations to unsigned bytes
 * at run time, over the range of each whole tensor. Answers therefore depend on what else is in a batch.
 */
public final class DynamicQuantizer {

    private static final long MIN_OPSET = 11;

    private DynamicQuantizer() {}

    /**
     * With {@link DynamicOptions#DEFAULT}.
     *
     * @throws UnsupportedGraphException if nothing can be quantized; the model is never half done
     */
    public static QuantizedModel quantize(OnnxModel source, Provenance provenance) throws UnsupportedGraphException {
        return quantize(source, DynamicOptions.DEFAULT, provenance);
    }

    /**
     * @throws UnsupportedGraphException if nothing can be quantized or an excluded node is not in the graph; the model is
     *     never half done
     */
    public static QuantizedModel quantize(OnnxModel source, DynamicOptions options, Provenance provenance)
            throws UnsupportedGraphException {
        if (source.opset() < MIN_OPSET) {
            throw new UnsupportedGraphException("operator set " + source.opset()
                    + " has no DynamicQuantizeLinear; convert the model to " + MIN_OPSET + " or newer");
        }
        var model = ConstantInputs.drop(source);
        var excluded = NodeNames.among(model, options.excludedNodes());
        var edit = new GraphEdit(model);
        var limit = options.reduceRange() ? SignedWeights.REDUCED : SignedWeights.FULL;
        var rewrite = new DynamicRewrite(model, edit, options.perChannel(), limit, options.tables());
        for (var node : model.proto().getGraph().getNodeList()) {
            if (excluded.contains(node)) {
                edit.add(node);
            } else {
                rewrite.take(node);
            }
        }
        if (rewrite.quantized().isEmpty()) {
            throw new UnsupportedGraphException(
                    "no MatMul or Gemm with a constant float32 matrix and no embedding table:"
                            + " nothing to quantize");
        }
        provenance.writeTo(edit);
        return new QuantizedModel(edit.finish(), rewrite.quantized());
    }
}
