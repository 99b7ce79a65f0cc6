package io.plumbline.cli.parcel;

import static java.util.stream.Collectors.joining;

import io.plumbline.cli.lab.ToolException;
import io.plumbline.inference.ElementType;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.quantizer.inspect.Inspection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Whether a card is that of an ONNX file. Pure. */
final class Fit {

    private Fit() {}

    /**
     * @param cardFile for the message
     * @throws ToolException if the card gives what the model does not take, or reads what it does not answer
     */
    static void check(Path cardFile, ModelCard card, Path onnx, Inspection model) throws ToolException {
        var tensor = card.input().tensor();
        if (model.inputs().size() != 1
                || !model.inputs().get(0).name().equals(tensor)
                || !accepts(model.inputs().get(0).shape(), card.input().shape())) {
            throw new ToolException(cardFile + " gives '" + tensor + "' of shape "
                    + Arrays.toString(card.input().shape()) + ", but " + onnx + " takes " + ports(model.inputs())
                    + ": give the card of this model, or mend it");
        }
        for (var read : card.output().tensors()) {
            if (model.outputs().stream().noneMatch(port -> port.name().equals(read))) {
                throw new ToolException(cardFile + " reads the output '" + read + "', but " + onnx + " answers "
                        + ports(model.outputs()) + ": give the card of this model, or mend it");
            }
        }
    }

    /** @param shape numbers, and anything else for an axis that is open; empty where nothing is said of it */
    static boolean accepts(List<String> shape, long[] one) {
        var axes = shape.stream().map(Fit::axis).toList();
        return axes.isEmpty() || new TensorSpec("", axes, ElementType.FLOAT32).accepts(one);
    }

    private static long axis(String size) {
        try {
            return Long.parseLong(size);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String ports(List<Inspection.Port> ports) {
        return ports.stream()
                .map(port -> "'" + port.name() + "' of shape " + port.shape())
                .collect(joining(", "));
    }
}
