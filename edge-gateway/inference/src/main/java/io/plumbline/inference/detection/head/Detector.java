package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.detection.Placement;
import io.plumbline.inference.detection.Selection;
import java.util.List;
import java.util.Map;

/**
 * From a model's outputs to detections in the image. Thread-safe.
 *
 * @param head how the outputs are read
 * @param selection which boxes count
 * @param frame of the model
 */
public record Detector(Head head, Selection selection, Frame frame) {

    /**
     * What counts, strongest first.
     *
     * @param placement where the image lies in the model's input
     * @throws io.plumbline.inference.InferenceException if the outputs are not what the card says
     */
    public List<Detection> detect(Map<String, Tensor> outputs, Placement placement) {
        return selection.of(head.read(outputs, frame, selection.score())).stream()
                .map(one -> new Detection(one.label(), one.score(), placement.undo(one.box())))
                .toList();
    }

    /** The same model, with boxes that score less too: for figures over all scores. */
    public Detector withScore(double score) {
        return new Detector(head, selection.withScore(score), frame);
    }
}
