package io.plumbline.inference;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;

/** The bindings of the last few shapes, newest first; of large inputs only the newest. */
final class Bindings implements AutoCloseable {

    /** As many as there are sizes of a batch. */
    private static final int MOST = 6;

    private static final long MOST_BYTES = 1 << 20;

    private final List<TensorSpec> inputs;
    private final List<Binding> bindings = new ArrayList<>();

    Bindings(List<TensorSpec> inputs) {
        this.inputs = inputs;
    }

    /** The binding for these shapes, with these values in it. */
    Binding holding(List<Tensor> values) throws OrtException {
        var binding = take(values);
        bindings.add(0, binding);
        binding.put(values);
        return binding;
    }

    private Binding take(List<Tensor> values) throws OrtException {
        for (int i = 0; i < bindings.size(); i++) {
            if (bindings.get(i).fits(values)) {
                return bindings.remove(i);
            }
        }
        var fresh = Binding.of(inputs, values);
        makeRoom(fresh.bytes());
        return fresh;
    }

    private void makeRoom(long bytes) {
        while (!bindings.isEmpty() && (bindings.size() >= MOST || held() + bytes > MOST_BYTES)) {
            bindings.remove(bindings.size() - 1).close();
        }
    }

    private long held() {
        return bindings.stream().mapToLong(Binding::bytes).sum();
    }

    /** No outputs are pinned any longer. */
    void unpin() {
        bindings.forEach(binding -> binding.pinned().release());
    }

    @Override
    public void close() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }
}
