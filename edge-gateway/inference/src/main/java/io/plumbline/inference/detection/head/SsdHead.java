package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Offsets from prior boxes, as SSD gives them: scores [1, priors, 1 + classes] with the background first, boxes [1, priors, 4]
 * with tx, ty, tw, th. For a prior of centre (px, py) and size (pw, ph), the centre is (px + tx v0 pw, py + ty v0 ph), the size
 * (pw exp(tw v1), ph exp(th v1)), all in shares of the input. Each class that scores enough gives a box of its own.
 *
 * @param levels in the order of the outputs
 * @param variances v0 and v1 of centre and size, 0.1 and 0.2 in the paper's code
 * @param softmax whether the scores are logits, which a softmax over each row makes probabilities
 * @see <a href="https://arxiv.org/abs/1512.02325">Liu et al., SSD: Single Shot MultiBox Detector, 2016</a>
 */
public record SsdHead(String scores, String boxes, List<Level> levels, Variances variances, boolean softmax)
        implements Head {

    public SsdHead {
        levels = List.copyOf(levels);
    }

    /**
     * The priors of one grid: in each cell, row by row, one of each size around the cell's middle.
     *
     * @param sizes in shares of the input
     */
    public record Level(int columns, int rows, List<Size> sizes) {

        public Level {
            sizes = List.copyOf(sizes);
        }

        int count() {
            return columns * rows * sizes.size();
        }

        Box prior(int index) {
            var cell = index / sizes.size();
            var size = sizes.get(index % sizes.size());
            return Box.centred(
                    (cell % columns + 0.5) / columns, (cell / columns + 0.5) / rows, size.width, size.height);
        }
    }

    /** In shares of the input. */
    public record Size(double width, double height) {}

    /** Factors of what the model says about a box. */
    public record Variances(double centre, double size) {}

    @Override
    public List<String> tensors() {
        return List.of(scores, boxes);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var likely = Rows.of(outputs, scores, 1 + frame.classes());
        var offsets = Rows.of(outputs, boxes, 4);
        var priors = levels.stream().mapToInt(Level::count).sum();
        Rows.require(likely.count() == priors, scores, Rows.output(outputs, scores), priors + " boxes, the priors");
        Rows.require(offsets.count() == priors, boxes, Rows.output(outputs, boxes), priors + " boxes, the priors");
        var candidates = new Candidates(floor);
        int first = 0;
        for (var level : levels) {
            for (int i = 0; i < level.count(); i++) {
                readRow(likely, first + i, moved(level.prior(i), offsets, first + i), candidates);
            }
            first += level.count();
        }
        return candidates.found();
    }

    private void readRow(Rows likely, int row, Box box, Candidates candidates) {
        var total = softmax ? total(likely, row) : 1;
        for (int column = 1; column < likely.columns(); column++) {
            var value = likely.at(row, column);
            candidates.add(column - 1, softmax ? Math.exp(value) / total : value, box);
        }
    }

    private static double total(Rows logits, int row) {
        double total = 0;
        for (int column = 0; column < logits.columns(); column++) {
            total += Math.exp(logits.at(row, column));
        }
        return total;
    }

    private Box moved(Box prior, Rows offsets, int row) {
        var width = prior.right() - prior.left();
        var height = prior.bottom() - prior.top();
        return Box.centred(
                prior.left() + width / 2 + offsets.at(row, 0) * variances.centre * width,
                prior.top() + height / 2 + offsets.at(row, 1) * variances.centre * height,
                width * Math.exp(offsets.at(row, 2) * variances.size),
                height * Math.exp(offsets.at(row, 3) * variances.size));
    }
}
