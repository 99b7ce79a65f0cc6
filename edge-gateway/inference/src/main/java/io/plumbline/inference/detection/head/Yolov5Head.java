package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Decoded proposals with objectness, as the exports of YOLOv5 and YOLOv7 give them: [1, boxes, 5 + classes] with centre x, y,
 * width, height in pixels of the input, objectness and class probabilities; score = objectness x the largest of them.
 *
 * @see <a href="https://github.com/ultralytics/yolov5">YOLOv5</a>, whose export decodes the anchors
 */
public record Yolov5Head(String tensor) implements Head {

    static final int BOX = 5;
    static final int OBJECTNESS = 4;

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var rows = Rows.of(outputs, tensor, BOX + frame.classes());
        var candidates = new Candidates(floor);
        for (int row = 0; row < rows.count(); row++) {
            if (candidates.accepts(rows.at(row, OBJECTNESS))) {
                var best = rows.largest(row, BOX, frame.classes());
                candidates.add(
                        best - BOX,
                        (double) rows.at(row, OBJECTNESS) * rows.at(row, best),
                        rows.centred(row).dividedBy(frame.width(), frame.height()));
            }
        }
        return candidates.found();
    }
}
