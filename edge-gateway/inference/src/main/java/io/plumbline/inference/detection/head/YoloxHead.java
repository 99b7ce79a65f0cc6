package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Raw proposals of a grid for each stride s, finest first, as the export of YOLOX gives them: [1, boxes, 5 + classes] with tx,
 * ty, tw, th, objectness and class probabilities. In cell (i, j), row by row, the centre is ((i + tx) s, (j + ty) s), the size
 * (exp(tw) s, exp(th) s) in pixels of the input; score = objectness x the largest class probability.
 *
 * @param strides pixels of the input for each cell
 * @see <a href="https://arxiv.org/abs/2107.08430">Ge et al., YOLOX, 2021</a>
 */
public record YoloxHead(String tensor, List<Integer> strides) implements Head {

    public YoloxHead {
        strides = List.copyOf(strides);
    }

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var rows = Rows.of(outputs, tensor, Yolov5Head.BOX + frame.classes());
        var cells = strides.stream()
                .mapToInt(stride -> (frame.width() / stride) * (frame.height() / stride))
                .sum();
        Rows.require(
                rows.count() == cells,
                tensor,
                Rows.output(outputs, tensor),
                cells + " boxes, the cells of strides " + strides);
        var candidates = new Candidates(floor);
        int first = 0;
        for (int stride : strides) {
            first = readLevel(rows, new Level(first, stride), frame, candidates);
        }
        return candidates.found();
    }

    private record Level(int first, int stride) {}

    private static int readLevel(Rows rows, Level level, Frame frame, Candidates candidates) {
        var columns = frame.width() / level.stride;
        var count = columns * (frame.height() / level.stride);
        for (int cell = 0; cell < count; cell++) {
            var row = level.first + cell;
            if (candidates.accepts(rows.at(row, Yolov5Head.OBJECTNESS))) {
                var best = rows.largest(row, Yolov5Head.BOX, frame.classes());
                var box = Box.centred(
                        cell % columns + rows.at(row, 0),
                        cell / columns + rows.at(row, 1),
                        Math.exp(rows.at(row, 2)),
                        Math.exp(rows.at(row, 3)));
                candidates.add(
                        best - Yolov5Head.BOX,
                        (double) rows.at(row, Yolov5Head.OBJECTNESS) * rows.at(row, best),
                        box.dividedBy((double) frame.width() / level.stride, (double) frame.height() / level.stride));
            }
        }
        return level.first + count;
    }
}
