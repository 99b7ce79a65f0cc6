package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Detection;
import java.util.List;
import java.util.Map;

/**
 * Text regions from a probability map [1, 1, rows, columns], as DB gives it. Cells above the threshold that touch, at a corner at
 * least, are one region. Its upright rectangle scores the mean of the map inside it, and is grown on all sides by area x unclip /
 * perimeter, since the map shows text shrunk. Upright rectangles alone: slanted text gets the rectangle around it.
 *
 * @param threshold of the map, from 0 to 1; 0.3 in the paper
 * @param unclip how far a region grows; 1.5 in the paper
 * @see <a href="https://arxiv.org/abs/1911.08947">Liao et al., Real-time Scene Text Detection with Differentiable
 *     Binarization, 2020</a>
 */
public record TextMapHead(String tensor, double threshold, double unclip) implements Head {

    /** Cells; smaller regions are noise. */
    private static final int LEAST_SIDE = 3;

    @Override
    public List<String> tensors() {
        return List.of(tensor);
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Frame frame, double floor) {
        var output = Rows.output(outputs, tensor);
        var shape = output.shape();
        Rows.require(
                shape.length == 4 && shape[0] == 1 && shape[1] == 1 && frame.classes() == 1,
                tensor,
                output,
                "[1, 1, rows, columns] and one label");
        var candidates = new Candidates(floor);
        for (var region : TextRegion.find(output, threshold)) {
            if (Math.min(region.width(), region.height()) >= LEAST_SIDE) {
                candidates.add(
                        0, region.mean(output), region.grown(unclip).dividedBy((double) shape[3], (double) shape[2]));
            }
        }
        return candidates.found();
    }
}
