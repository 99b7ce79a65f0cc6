package io.plumbline.inference.card;

import io.plumbline.inference.detection.Selection;
import io.plumbline.inference.detection.head.Head;
import java.util.List;

/**
 * Boxes with a class and a score each.
 *
 * @param head how the model's outputs are read
 * @param selection which boxes count
 */
public record Detections(Head head, Selection selection, List<String> labels) implements Output {

    public Detections {
        labels = List.copyOf(labels);
    }

    @Override
    public List<String> tensors() {
        return head.tensors();
    }
}
