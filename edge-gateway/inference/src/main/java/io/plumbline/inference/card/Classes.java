package io.plumbline.inference.card;

import java.util.List;

/**
 * One probability for each class.
 *
 * @param tensor name of the model's output
 * @param labels the classes in the order of the output tensor
 */
public record Classes(String tensor, List<String> labels) implements Output {

    public Classes {
        labels = List.copyOf(labels);
    }

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }
}
