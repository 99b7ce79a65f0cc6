package io.plumbline.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a model for inputs of certain shapes. */
final class Binding implements AutoCloseable {

    private final List<OrtTensor> slots = new ArrayList<>();
    private final Map<String, OnnxTensor> given = new HashMap<>();
    private final PinnedOutputs pinned = new PinnedOutputs();
    private int uses;

    /** @param like one for each input, whose shapes count */
    static Binding of(List<TensorSpec> inputs, List<Tensor> like) throws OrtException {
        var binding = new Binding();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                var slot = new OrtTensor(like.get(i).shape(), inputs.get(i).type());
                binding.slots.add(slot);
                binding.given.put(inputs.get(i).name(), slot.onnx());
            }
            return binding;
        } catch (OrtException | RuntimeException e) {
            binding.close();
            throw e;
        }
    }

    boolean fits(List<Tensor> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!slots.get(i).hasShapeOf(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    void put(List<Tensor> values) {
        uses++;
        for (int i = 0; i < values.size(); i++) {
            slots.get(i).put(values.get(i));
        }
    }

    /** Whether shapes come again, which makes pinning worth it. */
    boolean isUsedAgain() {
        return uses > 1;
    }

    /** Of the inputs. */
    long bytes() {
        return slots.stream().mapToLong(OrtTensor::bytes).sum();
    }

    Map<String, OnnxTensor> given() {
        return given;
    }

    PinnedOutputs pinned() {
        return pinned;
    }

    @Override
    public void close() {
        pinned.release();
        slots.forEach(OrtTensor::close);
        slots.clear();
        given.clear();
    }
}
