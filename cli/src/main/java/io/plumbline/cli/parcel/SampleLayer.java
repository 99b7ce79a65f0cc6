package io.plumbline.cli.parcel;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.sample.SampleException;
import io.plumbline.cli.sample.Samples;
import io.plumbline.client.Artifact.Content;
import io.plumbline.client.ArtifactClient.Version;
import io.plumbline.client.ClientException;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.inference.ElementType;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Samples as a layer of a version: one {@code .npy} of float32, whatever they were before. */
final class SampleLayer {

    /** A layer must fit into an array of the registry. */
    private static final long MOST_NUMBERS = (Integer.MAX_VALUE - 1024) / Float.BYTES;

    private final ModelCard card;
    private final List<String> warnings;

    /** @param warnings where is added what could not be read */
    SampleLayer(ModelCard card, List<String> warnings) {
        this.card = card;
        this.warnings = warnings;
    }

    /** @param title what the registry is to use them for */
    Version.Layer read(Path path, String title) throws ToolException, ClientException {
        try {
            if (path.toString().toLowerCase(Locale.ROOT).endsWith(".npy")
                    && Files.isRegularFile(path)
                    && Files.size(path) > ParcelReader.LOOKED_AT) {
                return new Version.Layer(MediaTypes.SAMPLES, title, Content.of(path));
            }
            var shape = card.input().shape();
            var axes = Arrays.stream(shape).boxed().toList();
            var input = new TensorSpec(card.input().tensor(), axes, ElementType.FLOAT32);
            var samples = Samples.read(path, List.of(input), Optional.of(card));
            var npy = npy(path, samples, input);
            samples.unread().ifPresent(what -> warnings.add(path + ": " + what));
            return new Version.Layer(MediaTypes.SAMPLES, title, Content.of(npy));
        } catch (IOException | SampleException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] npy(Path path, Samples samples, TensorSpec input) throws ToolException {
        var shape = input.shape().stream().mapToLong(Long::longValue).toArray();
        var each = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (samples.size() > MOST_NUMBERS / each) {
            throw new ToolException(path + " has " + samples.size() + " samples of " + each
                    + " numbers, which are more than fit into a layer of 2 GB: give fewer");
        }
        var all = new float[Math.toIntExact(samples.size() * each)];
        var count = 0;
        for (var sample : samples.spread(samples.size())) {
            var one = sample.get(input.name());
            if (one == null) {
                throw new IllegalStateException("a sample without the card's input is a bug");
            }
            one.view().get(all, Math.toIntExact(count * each), one.size());
            count++;
        }
        if (count == 0) {
            throw new ToolException(path + " has no sample that can be read"
                    + samples.unread().map(what -> ": " + what).orElse(""));
        }
        shape[0] = count;
        return Npy.write(Tensor.of(shape, Arrays.copyOf(all, Math.toIntExact(count * each))));
    }
}
