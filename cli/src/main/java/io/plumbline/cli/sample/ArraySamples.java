package io.plumbline.cli.sample;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Samples in memory.
 *
 * @param batches by input name; every tensor has as many rows on its first axis as there are samples
 */
public record ArraySamples(Map<String, Tensor> batches, int size) implements Samples {

    public ArraySamples {
        batches = Map.copyOf(batches);
    }

    /**
     * Numbers drawn from a standard normal distribution, or 0 and 1 where the input holds whole numbers; good for timing
     * and for nothing else.
     *
     * @param open size of the axes that the model leaves open
     * @throws SampleException if an input has no axes
     */
    public static ArraySamples random(List<TensorSpec> inputs, int size, int open, long seed) throws SampleException {
        var random = new Random(seed);
        Map<String, Tensor> batches = new HashMap<>();
        for (var input : inputs) {
            if (input.shape().isEmpty()) {
                throw new SampleException("input '" + input.name()
                        + "' is a single number, without an axis for samples: such models cannot be given samples");
            }
            var shape = input.shape().stream()
                    .mapToLong(axis -> axis < 0 ? open : axis)
                    .toArray();
            shape[0] = size;
            var data = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            for (int i = 0; i < data.length; i++) {
                data[i] = input.type().isFloat() ? (float) random.nextGaussian() : random.nextInt(2);
            }
            batches.put(input.name(), Tensor.of(shape, data));
        }
        return new ArraySamples(batches, size);
    }

    static ArraySamples of(Path path, Map<String, Tensor> arrays, List<TensorSpec> inputs) throws SampleException {
        var size = -1L;
        for (var input : inputs) {
            var array = arrays.get(input.name());
            if (array == null) {
                throw new SampleException(path + " has no array '" + input.name() + "'; it has " + arrays.keySet());
            }
            var one = array.shape();
            if (one.length == 0 || one[0] == 0 || !accepts(input, one)) {
                throw new SampleException(path + " holds '" + input.name() + "' of shape "
                        + Arrays.toString(one) + ", but the model takes " + input.shape()
                        + " with the samples on the first axis");
            }
            if (size >= 0 && size != one[0]) {
                throw new SampleException(path + " holds different numbers of samples for different inputs");
            }
            size = one[0];
        }
        return new ArraySamples(arrays, (int) size);
    }

    private static boolean accepts(TensorSpec input, long[] array) {
        var one = array.clone();
        one[0] = 1;
        var shape = new ArrayList<>(input.shape());
        if (!shape.isEmpty()) {
            shape.set(0, 1L);
        }
        return new TensorSpec(input.name(), shape, input.type()).accepts(one);
    }

    /** Nothing: they are all in memory. */
    @Override
    public Optional<String> unread() {
        return Optional.empty();
    }

    private Map<String, Tensor> get(int index) {
        Map<String, Tensor> one = new HashMap<>();
        batches.forEach((name, batch) -> one.put(name, row(batch, index)));
        return one;
    }

    @Override
    public Iterable<Map<String, Tensor>> spread(int most) {
        var count = Math.min(most, size);
        return () -> IntStream.range(0, count)
                .mapToObj(i -> get((int) ((long) i * size / count)))
                .iterator();
    }

    private static Tensor row(Tensor batch, int index) {
        var shape = batch.shape();
        var length = batch.size() / (int) shape[0];
        shape[0] = 1;
        var data = new float[length];
        batch.view().get(index * length, data);
        return Tensor.of(shape, data);
    }
}
