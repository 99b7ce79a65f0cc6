package io.plumbline.inference.card;

import io.plumbline.contract.id.ModelName;
import java.time.Duration;
import java.util.List;

/**
 * What a model takes and gives: {@code model.yaml}.
 *
 * @param recipes how the registry quantizes it, in order of preference
 */
public record ModelCard(ModelName model, Task task, Input input, Output output, List<String> recipes) {

    public ModelCard {
        recipes = List.copyOf(recipes);
    }

    /** What the model is for. */
    public enum Task {
        CLASSIFICATION
    }

    /**
     * @param tensor name of the model's input, of shape [batch, window, features]
     * @param window readings per input, oldest first
     * @param interval device time between two readings
     */
    public record Input(String tensor, int window, Duration interval, List<Feature> features) {

        public Input {
            features = List.copyOf(features);
        }

        /** Shape of one input. */
        public long[] shape() {
            return new long[] {1, window, features.size()};
        }
    }

    /** One value of a reading, with the range that is physically possible. */
    public record Feature(String name, String unit, double min, double max) {}

    /** @param labels the classes in the order of the output tensor */
    public record Output(String tensor, List<String> labels) {

        public Output {
            labels = List.copyOf(labels);
        }
    }

    /** @throws CardException if the text is no card; the message names path, value and rule */
    public static ModelCard parse(byte[] yaml) throws CardException {
        return new CardParser(CardNode.root(yaml)).parse();
    }
}
