package io.plumbline.cli.parcel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A folder as MLflow saves models, with an ONNX flavour.
 *
 * @param onnx the file of the flavour
 * @see <a href="https://mlflow.org/docs/latest/ml/model/">MLflow model format</a>
 */
record MlflowModel(Path onnx, JsonNode signature) {

    static final String FILE = "MLmodel";

    private static final int LARGEST = 1 << 20;
    private static final YAMLMapper YAML = new YAMLMapper();

    static MlflowModel read(Path folder) throws ToolException {
        var file = folder.resolve(FILE);
        try {
            if (Files.size(file) > LARGEST) {
                throw new ToolException(file + " is larger than a description of a model may be: 1 MB");
            }
            var root = YAML.readTree(Files.readAllBytes(file));
            var data = root.path("flavors").path("onnx").path("data");
            if (!data.isTextual()) {
                throw new ToolException(file + " has no ONNX flavour (flavors: onnx: data: model.onnx); it has "
                        + names(root.path("flavors")) + ": save the model with mlflow.onnx.save_model");
            }
            return new MlflowModel(inside(folder, data.asText(), file), root.path("signature"));
        } catch (IOException e) {
            throw new ToolException(
                    file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static List<String> names(JsonNode flavors) {
        var names = new ArrayList<String>();
        flavors.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Path inside(Path folder, String data, Path file) throws ToolException {
        try {
            var whole = folder.toAbsolutePath().normalize();
            var onnx = whole.resolve(data).normalize();
            if (onnx.startsWith(whole) && !onnx.equals(whole)) {
                return folder.resolve(whole.relativize(onnx));
            }
        } catch (InvalidPathException e) {
            throw new ToolException(file + " names its ONNX file '" + data + "', which is no path", e);
        }
        throw new ToolException(file + " names its ONNX file '" + data + "', which must lie in the folder");
    }

    /** Where the signature, if there is one, says something else than the card, in a line each. */
    List<String> disagreements(ModelCard card) throws ToolException {
        var text = signature.path("inputs").asText("");
        if (text.isEmpty() || text.equals("null")) {
            return List.of();
        }
        try {
            var inputs = YAML.readTree(text);
            return inputs.path(0).path("type").asText().equals("tensor")
                    ? tensors(inputs, card)
                    : columns(inputs, card);
        } catch (IOException e) {
            throw new ToolException("the inputs of the signature in " + FILE + " are not JSON: " + text, e);
        }
    }

    private static List<String> tensors(JsonNode inputs, ModelCard card) {
        var said = new ArrayList<String>();
        var tensor = card.input().tensor();
        var input = inputs.path(0);
        if (inputs.size() != 1) {
            said.add("the signature in " + FILE + " has " + inputs.size() + " inputs, and the card gives one, '"
                    + tensor + "'");
        }
        var name = input.path("name").asText(tensor);
        if (!name.equals(tensor)) {
            said.add("the signature in " + FILE + " names the input '" + name + "', and the card '" + tensor + "'");
        }
        var shape = new ArrayList<String>();
        input.path("tensor-spec").path("shape").forEach(axis -> shape.add(axis.asLong() < 0 ? "?" : axis.asText()));
        if (!Fit.accepts(shape, card.input().shape())) {
            said.add("the signature in " + FILE + " gives the input the shape " + shape + ", and the card "
                    + Arrays.toString(card.input().shape()));
        }
        return said;
    }

    /** Of a table: a column for every number of an input. */
    private static List<String> columns(JsonNode inputs, ModelCard card) {
        var numbers = Arrays.stream(card.input().shape()).reduce(1, Math::multiplyExact);
        return inputs.size() == numbers
                ? List.of()
                : List.of("the signature in " + FILE + " has " + inputs.size() + " columns, and an input of the card "
                        + numbers + " numbers, of shape "
                        + Arrays.toString(card.input().shape()));
    }
}
