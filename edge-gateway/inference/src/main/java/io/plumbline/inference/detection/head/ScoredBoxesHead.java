package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Finished boxes beside their scores, as UltraFace gives them: scores [1, boxes, classes] as probabilities, boxes [1, boxes, 4]
 * with left, top, right, bottom in shares of the input.
 *
 * @param background whether the first column of the scores is none of the classes
 * @see <a href="https://github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB">UltraFace</a>
 */
public record ScoredBoxesHead(String scores, String boxes, boolean background) implements Head {

    @Override
    public List<String> tensors() {
        return List.of(scores, boxes);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var first = background ? 1 : 0;
        var likely = Rows.of(outputs, scores, first + frame.classes());
        var corners = Rows.of(outputs, boxes, 4);
        Rows.require(corners.count() == likely.count(), boxes, Rows.output(outputs, boxes), likely.count() + " boxes");
        var candidates = new Candidates(floor);
        for (int row = 0; row < likely.count(); row++) {
            var best = likely.largest(row, first, frame.classes());
            if (candidates.accepts(likely.at(row, best))) {
                candidates.add(
                        best - first,
                        likely.at(row, best),
                        new Box(corners.at(row, 0), corners.at(row, 1), corners.at(row, 2), corners.at(row, 3)));
            }
        }
        return candidates.found();
    }
}
