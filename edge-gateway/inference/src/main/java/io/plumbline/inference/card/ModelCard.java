package io.plumbline.inference.card;

import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.detection.head.Detector;
import io.plumbline.inference.detection.head.Frame;
import java.util.List;
import java.util.Optional;

/**
 * What a model takes and gives: {@code model.yaml}.
 *
 * @param recipes how the registry quantizes it, in order of preference
 * @param goal what a build that the registry searches for must reach
 */
public record ModelCard(
        ModelName model, Task task, Input input, Output output, List<String> recipes, Optional<Goal> goal) {

    public ModelCard {
        recipes = List.copyOf(recipes);
    }

    /** What the model is for. */
    public enum Task {
        /** One class for each input. */
        CLASSIFICATION,
        /** Boxes in an image. */
        DETECTION
    }

    /** One value of a reading, with the range that is physically possible. */
    public record Feature(String name, String unit, double min, double max) {}

    /**
     * How near a build must be to FP32, on samples of the version.
     *
     * @param least smallest value of the figure, of the worst output: agreement and cosine in (0, 1], SQNR in dB
     * @param measure what is best among the builds that reach it
     */
    public record Goal(Figure figure, double least, Measure measure) {}

    /** What counts as near to FP32. */
    public enum Figure {
        AGREEMENT,
        COSINE,
        SQNR
    }

    /** What is best among the builds that are near enough. */
    public enum Measure {
        LATENCY,
        SIZE
    }

    /** @throws CardException if the text is no card; the message names path, value and rule */
    public static ModelCard parse(byte[] yaml) throws CardException {
        return new CardParser(CardNode.root(yaml)).parse();
    }

    /** The input of a card that takes readings. */
    public SensorInput sensor() {
        if (input instanceof SensorInput sensor) {
            return sensor;
        }
        throw new IllegalStateException("asking the card of " + model + " for a sensor input is a bug");
    }

    /** The input of a card that has an image. */
    public ImageInput image() {
        if (input instanceof ImageInput image) {
            return image;
        }
        throw new IllegalStateException("asking the card of " + model + " for an image is a bug");
    }

    /** What makes boxes of the model's outputs; empty unless the task is detection. */
    public Optional<Detector> detector() {
        return output instanceof Detections detections && input instanceof ImageInput image
                ? Optional.of(new Detector(
                        detections.head(),
                        detections.selection(),
                        new Frame(
                                image.size().width(),
                                image.size().height(),
                                detections.labels().size())))
                : Optional.empty();
    }

    /** The output of a card whose task is classification. */
    public Classes classes() {
        if (output instanceof Classes classes) {
            return classes;
        }
        throw new IllegalStateException("asking the card of " + model + " for classes is a bug");
    }
}
