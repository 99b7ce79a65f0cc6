package io.plumbline.inference;

import java.util.List;
import java.util.Map;

/** A loaded model. Used by one thread at a time; closing frees all native memory and may be repeated. */
public interface InferenceEngine extends AutoCloseable {

    List<TensorSpec> inputs();

    List<TensorSpec> outputs();

    /**
     * Runs the model once.
     *
     * @param inputs one tensor for each input, by name
     * @return one tensor for each output, by name
     * @throws IllegalArgumentException if an input is missing or has the wrong shape
     * @throws InferenceException if the runtime fails on these inputs
     */
    Map<String, Tensor> run(Map<String, Tensor> inputs);

    @Override
    void close();
}
