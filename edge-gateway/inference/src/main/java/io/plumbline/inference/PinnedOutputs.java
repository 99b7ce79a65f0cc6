package io.plumbline.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Output tensors that the runtime writes into, run after run, once their shapes are known. */
final class PinnedOutputs {

    private final Map<String, OrtTensor> tensors = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> values = new HashMap<>();

    boolean isEmpty() {
        return tensors.isEmpty();
    }

    /** What to give to the runtime. */
    Map<String, OnnxTensor> values() {
        return values;
    }

    /** @param types of the outputs, by name */
    void pin(Map<String, Tensor> likeThese, Map<String, ElementType> types) throws OrtException {
        try {
            for (var entry : likeThese.entrySet()) {
                var tensor = new OrtTensor(
                        entry.getValue().shape(), types.getOrDefault(entry.getKey(), ElementType.FLOAT32));
                tensors.put(entry.getKey(), tensor);
                values.put(entry.getKey(), tensor.onnx());
            }
        } catch (OrtException | RuntimeException e) {
            release();
            throw e;
        }
    }

    /** What the last run wrote. */
    Map<String, Tensor> copy() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.get()));
        return copies;
    }

    void release() {
        tensors.values().forEach(OrtTensor::close);
        tensors.clear();
        values.clear();
    }
}
