package io.plumbline.quantizer;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qdq.Recalibration;
import io.plumbline.quantizer.qdq.StaticGraph;
import java.util.List;
import java.util.Map;

/**
 * Static INT8 in QDQ form. Conv: activations in and out as bytes, weight as signed bytes with a scale per output channel,
 * bias in 32 bits; a Relu or Clip behind it goes into its range. MatMul and Gemm with a constant matrix: the activation that
 * enters as bytes, the answer stays float. ConvTranspose: the weight alone, because the runtime has no integer kernel for it.
 * Operators between them run on bytes where the runtime can ({@link StaticOptions.Reach}); everything else stays float.
 */
public final class StaticQuantizer {

    private static final long MIN_OPSET = 13;

    private StaticQuantizer() {}

    /** {@link #observedTensors(OnnxModel, StaticOptions)} with default options. */
    public static List<String> observedTensors(OnnxModel source) throws UnsupportedGraphException {
        return observedTensors(source, StaticOptions.DEFAULT);
    }

    /**
     * The activations that {@link #quantize} needs ranges for under the same options, in graph order: the first is nearest to
     * the input. {@link ObservedModel} makes them outputs.
     *
     * @throws UnsupportedGraphException if nothing can be quantized, or an excluded node is not in the graph
     */
    public static List<String> observedTensors(OnnxModel prepared, StaticOptions options)
            throws UnsupportedGraphException {
        return StaticGraph.of(prepared, options).observed();
    }

    /** {@link #quantize(OnnxModel, Map, StaticOptions, Provenance)} with default options. */
    public static QuantizedModel quantize(OnnxModel source, Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        return quantize(source, ranges, StaticOptions.DEFAULT, provenance);
    }

    /**
     * @param prepared of operator set 13 or newer, as {@link Preparation} makes it
     * @param ranges one for each of {@link #observedTensors}
     * @throws UnsupportedGraphException if nothing can be quantized, or a range is missing
     */
    public static QuantizedModel quantize(
            OnnxModel prepared, Map<String, ActivationRange> ranges, StaticOptions options, Provenance provenance)
            throws UnsupportedGraphException {
        if (prepared.opset() < MIN_OPSET) {
            throw new UnsupportedGraphException("operator set " + prepared.opset()
                    + " has no per-channel DequantizeLinear; convert the model to " + MIN_OPSET + " or newer");
        }
        return StaticGraph.of(prepared, options).quantize(ranges, provenance);
    }

    /**
     * The same build over new ranges alone, taken from the float model: scales and zero points, biases, and weights where a
     * bias asks for it. What a removed Relu or Clip kept out stays out. {@link Recalibration} can do it from the build alone.
     *
     * @param ranges one for each of the tensors that the build was calibrated on
     * @throws UnsupportedGraphException if it is no static build, or a range is missing
     */
    public static QuantizedModel recalibrate(
            OnnxModel build, Map<String, ActivationRange> ranges, Provenance provenance)
            throws UnsupportedGraphException {
        return Recalibration.of(build).apply(ranges, Renewal.FORGETTING, provenance);
    }
}
