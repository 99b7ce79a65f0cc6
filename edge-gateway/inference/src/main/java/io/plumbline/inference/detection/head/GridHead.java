package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * One box for each cell of a grid, as FastestDet gives it: [1, 5 + classes, rows, columns] with objectness o, raw tx, ty, tw,
 * th and class probabilities p. In cell (i, j) of a grid of m by n columns and rows, score = o^0.6 max(p)^0.4, centre
 * ((i + tanh tx) / m, (j + tanh ty) / n), size (sigmoid tw, sigmoid th).
 *
 * @see <a href="https://github.com/dog-qiuqiu/FastestDet">FastestDet</a>
 */
public record GridHead(String tensor) implements Head {

    private static final int BOX = 5;
    private static final double OBJECTNESS_POWER = 0.6;
    private static final double CLASS_POWER = 0.4;

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var cells = Rows.cells(outputs, tensor, BOX + frame.classes());
        var columns = (int) Rows.output(outputs, tensor).shape()[3];
        var rows = cells.count() / columns;
        var candidates = new Candidates(floor);
        for (int cell = 0; cell < cells.count(); cell++) {
            var objectness = Math.pow(Math.max(0, cells.at(cell, 0)), OBJECTNESS_POWER);
            // No probability makes it more: most cells end here, before their classes are read.
            if (candidates.accepts(objectness)) {
                var best = cells.largest(cell, BOX, frame.classes());
                var score = objectness * Math.pow(Math.max(0, cells.at(cell, best)), CLASS_POWER);
                var x = (cell % columns + Math.tanh(cells.at(cell, 1))) / columns;
                var y = (cell / columns + Math.tanh(cells.at(cell, 2))) / rows;
                candidates.add(
                        best - BOX, score, Box.centred(x, y, sigmoid(cells.at(cell, 3)), sigmoid(cells.at(cell, 4))));
            }
        }
        return candidates.found();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
