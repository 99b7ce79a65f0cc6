package io.plumbline.cli.lab;

import static java.util.stream.Collectors.joining;

import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --card}: the card of an ONNX file that a person named, or {@code model.yaml} beside it. */
public final class CardFile {

    private static final String BESIDE = "model.yaml";

    @Option(
            names = "--card",
            paramLabel = "model.yaml",
            description = "The model's card, for images and detections (default: model.yaml beside the model).")
    private Optional<Path> named = Optional.empty();

    /**
     * @param model the ONNX file; a card beside it that is of another model does not count
     * @param inputs of the model
     * @throws ToolException if the card cannot be read, breaks a rule, or was named and does not fit
     */
    public Optional<ModelCard> find(Path model, List<TensorSpec> inputs) throws ToolException {
        if (named.isEmpty()) {
            var beside = model.resolveSibling(BESIDE);
            return Files.isRegularFile(beside)
                    ? Optional.of(read(beside)).filter(card -> fits(card, inputs))
                    : Optional.empty();
        }
        var card = read(named.get());
        if (!fits(card, inputs)) {
            throw new ToolException(named.get() + " gives '" + card.input().tensor() + "' of shape "
                    + Arrays.toString(card.input().shape()) + ", but " + model + " takes "
                    + inputs.stream()
                            .map(input -> "'" + input.name() + "' of shape " + input.shape())
                            .collect(joining(", "))
                    + ": give the card of this model");
        }
        return Optional.of(card);
    }

    private static boolean fits(ModelCard card, List<TensorSpec> inputs) {
        return inputs.size() == 1
                && inputs.get(0).name().equals(card.input().tensor())
                && inputs.get(0).accepts(card.input().shape());
    }

    private static ModelCard read(Path path) throws ToolException {
        try {
            return ModelCard.parse(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            throw new ToolException(path + " does not exist", e);
        } catch (IOException e) {
            throw new ToolException(path + " cannot be read: " + e.getMessage(), e);
        } catch (CardException e) {
            throw new ToolException(path + ": " + e.getMessage(), e);
        }
    }
}
