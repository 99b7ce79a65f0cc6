package io.plumbline.cli.sample;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Inputs of a model, one sample at a time: each is a tensor for every input, with a first axis of 1. */
public sealed interface Samples permits ArraySamples, ImageFolder {

    /** How many there are at most. */
    int size();

    /** At most this many, spread evenly over all; made one by one, each time anew. */
    Iterable<Map<String, Tensor>> spread(int most);

    /** What could not be read so far, in a line; empty if everything could. */
    Optional<String> unread();

    /**
     * Reads {@code .npy} (a model of one input), {@code .npz} (an array named after each input), {@code .csv} (columns are
     * features; windows of consecutive rows where the input wants them) or a folder of images, which needs the model's card.
     */
    static Samples read(Path path, List<TensorSpec> inputs, Optional<ModelCard> card) throws SampleException {
        var name = path.toString().toLowerCase(Locale.ROOT);
        if (Files.notExists(path)) {
            throw new SampleException(path + " does not exist");
        }
        try {
            if (Files.isDirectory(path)) {
                return ImageFolder.open(path, card);
            }
            if (name.endsWith(".npy")) {
                return ArraySamples.of(path, Map.of(onlyInput(path, inputs).name(), NumpyFiles.npy(path)), inputs);
            }
            if (name.endsWith(".npz")) {
                return ArraySamples.of(path, NumpyFiles.npz(path), inputs);
            }
            if (name.endsWith(".csv")) {
                var input = onlyInput(path, inputs);
                return ArraySamples.of(path, Map.of(input.name(), CsvFile.samples(path, input)), inputs);
            }
        } catch (IOException e) {
            throw new SampleException(path + " cannot be read: " + e.getMessage(), e);
        }
        throw new SampleException(
                path + " is of no known kind: give an .npy, .npz or .csv file, or a folder of images");
    }

    private static TensorSpec onlyInput(Path path, List<TensorSpec> inputs) throws SampleException {
        if (inputs.size() != 1) {
            throw new SampleException(path + " holds one array, but the model has inputs "
                    + inputs.stream().map(TensorSpec::name).toList() + ": give an .npz with an array for each");
        }
        return inputs.get(0);
    }
}
