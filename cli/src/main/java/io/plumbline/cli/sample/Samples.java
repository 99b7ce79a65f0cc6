package io.plumbline.cli.sample;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Inputs of a model, one sample at a time: each is a tensor for every input, with a first axis of 1.
 *
 * @param batches by input name; every tensor has as many rows on its first axis as there are samples
 */
public record Samples(Map<String, Tensor> batches, int size) {

    public Samples {
        batches = Map.copyOf(batches);
    }

    /**
     * Reads {@code .npy} (a model of one input), {@code .npz} (an array named after each input) or {@code .csv} (columns are
     * features; windows of consecutive rows where the input wants them).
     */
    public static Samples read(Path path, List<TensorSpec> inputs) throws SampleException {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (Files.isDirectory(path)) {
                throw new SampleException(path + " is a folder: give an .npy, .npz or .csv file");
            }
            if (name.endsWith(".npy")) {
                return of(path, Map.of(onlyInput(path, inputs).name(), NumpyFiles.npy(path)), inputs);
            }
            if (name.endsWith(".npz")) {
                return of(path, NumpyFiles.npz(path), inputs);
            }
            if (name.endsWith(".csv")) {
                var input = onlyInput(path, inputs);
                return of(path, Map.of(input.name(), CsvFile.samples(path, input)), inputs);
            }
        } catch (IOException e) {
            throw new SampleException(path + " cannot be read: " + e.getMessage(), e);
        }
        throw new SampleException(path + " is of no known kind: give an .npy, .npz or .csv file");
    }

    /**
     * Numbers drawn from a standard normal distribution, or 0 and 1 where the input holds whole numbers; good for timing
     * and for nothing else.
     *
     * @param open size of the axes that the model leaves open
     */
    public static Samples random(List<TensorSpec> inputs, int size, int open, long seed) {
        var random = new Random(seed);
        Map<String, Tensor> batches = new HashMap<>();
        for (var input : inputs) {
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
        return new Samples(batches, size);
    }

    private static TensorSpec onlyInput(Path path, List<TensorSpec> inputs) throws SampleException {
        if (inputs.size() != 1) {
            throw new SampleException(path + " holds one array, but the model has inputs "
                    + inputs.stream().map(TensorSpec::name).toList() + ": give an .npz with an array for each");
        }
        return inputs.get(0);
    }

    private static Samples of(Path path, Map<String, Tensor> arrays, List<TensorSpec> inputs) throws SampleException {
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
        return new Samples(arrays, (int) size);
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

    /** The sample's tensors, by input. */
    public Map<String, Tensor> get(int index) {
        Map<String, Tensor> one = new HashMap<>();
        batches.forEach((name, batch) -> one.put(name, row(batch, index)));
        return one;
    }

    /** At most this many, spread evenly over all. */
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
