package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Decoded proposals without objectness, channels first, as the exports of YOLOv8 and YOLO11 give them: [1, 4 + classes, boxes]
 * with centre x, y, width, height in pixels of the input and class probabilities; score = the largest of them.
 *
 * @see <a href="https://docs.ultralytics.com/models/yolov8/">YOLOv8</a>
 */
public record Yolov8Head(String tensor) implements Head {

    private static final int BOX = 4;

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var rows = Rows.transposed(outputs, tensor, BOX + frame.classes());
        var candidates = new Candidates(floor);
        for (int row = 0; row < rows.count(); row++) {
            var best = rows.largest(row, BOX, frame.classes());
            if (candidates.accepts(rows.at(row, best))) {
                candidates.add(
                        best - BOX, rows.at(row, best), rows.centred(row).dividedBy(frame.width(), frame.height()));
            }
        }
        return candidates.found();
    }
}
