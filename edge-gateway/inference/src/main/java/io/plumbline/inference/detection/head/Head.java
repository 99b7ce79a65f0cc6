package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/** How a family of detectors says what it found. */
public sealed interface Head
        permits GridHead, ScoredBoxesHead, SsdHead, TextMapHead, Yolov5Head, Yolov8Head, YoloxHead {

    /** Names of the outputs that are read. */
    List<String> tensors();

    /**
     * Reads boxes in shares of the model's input.
     *
     * @throws io.plumbline.inference.InferenceException if an output is missing or has another shape
     */
    List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor);
}
