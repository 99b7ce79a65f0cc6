package io.plumbline.quantizer;

import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.util.List;
import java.util.Map;

/** What a rewriter asks of a runtime that knows every operator, instead of a second shape inference. */
public interface QuantizerRuntime {

    /**
     * @param tensors graph inputs, graph outputs or outputs of nodes
     * @return the element type of each, named as in ONNX's {@code TensorProto.DataType}, in lower case
     * @throws UnsupportedGraphException if the runtime cannot load the model
     */
    Map<String, String> elementTypes(OnnxModel model, List<String> tensors) throws UnsupportedGraphException;

    /**
     * The same model after constant folding, fusion of batch normalization and the like, in standard operators.
     *
     * @throws UnsupportedGraphException if the runtime cannot load the model, or makes none that this library reads
     */
    OnnxModel optimizeBasic(OnnxModel model) throws UnsupportedGraphException;
}
