package io.plumbline.laboratory;

import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.detection.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;

/** A small detector with SiLU activations and the scenes it is judged on, as {@code train_shapes.py} made them. */
final class Shapes {

    private static final Path FOLDER =
            Path.of(System.getProperty("plumbline.root"), "model-registry/laboratory/src/test/resources/shapes");
    private static final int CALIBRATION = 48;
    private static final int SIDE = 160;
    private static final int KINDS = 4;
    private static final double FLOOR = 0.02;
    private static final double SAME = 0.5;

    private final byte[] model;
    private final List<Map<String, Tensor>> images;
    private final List<List<Detection>> truth;

    private Shapes(byte[] model, List<Map<String, Tensor>> images, List<List<Detection>> truth) {
        this.model = model;
        this.images = images;
        this.truth = truth;
    }

    /** Not a copy. */
    byte[] model() {
        return model;
    }

    static Shapes read() throws IOException {
        var arrays = arrays();
        var pixels = Objects.requireNonNull(arrays.get("images"));
        var length = 3 * SIDE * SIDE;
        var images = new ArrayList<Map<String, Tensor>>();
        var truth = new ArrayList<List<Detection>>();
        for (int i = 0; i < pixels.size() / length; i++) {
            var image = new float[length];
            for (int k = 0; k < length; k++) {
                image[k] = pixels.get(i * length + k) / 255;
            }
            images.add(Map.of("images", Tensor.of(new long[] {1, 3, SIDE, SIDE}, image)));
            truth.add(new ArrayList<>());
        }
        var boxes = Objects.requireNonNull(arrays.get("boxes"));
        for (int row = 0; row < boxes.size(); row += 6) {
            truth.get((int) boxes.get(row)).add(detection(boxes, row + 1, (int) boxes.get(row + 1), 1));
        }
        return new Shapes(Files.readAllBytes(FOLDER.resolve("shapes_silu.onnx")), images, truth);
    }

    private static Detection detection(Tensor boxes, int kind, int label, double score) {
        var box = new Box(boxes.get(kind + 1), boxes.get(kind + 2), boxes.get(kind + 3), boxes.get(kind + 4));
        return new Detection(label, score, box);
    }

    private static Map<String, Tensor> arrays() throws IOException {
        Map<String, Tensor> arrays = new HashMap<>();
        try (var zip = new ZipInputStream(Files.newInputStream(FOLDER.resolve("shapes_scenes.npz")))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(entry.getName().replace(".npy", ""), Npy.read(zip.readAllBytes()));
            }
        }
        return arrays;
    }

    List<Map<String, Tensor>> calibration() {
        return images.subList(0, CALIBRATION);
    }

    List<Map<String, Tensor>> evaluation() {
        return images.subList(CALIBRATION, images.size());
    }

    List<List<Detection>> evaluationTruth() {
        return truth.subList(CALIBRATION, truth.size());
    }

    /** From an answer [1, 8, cells]: corners in pixels and four scores; of boxes that overlap by half the strongest. */
    static List<Detection> detections(Tensor answer) {
        var cells = answer.size() / (4 + KINDS);
        var found = new ArrayList<Detection>();
        for (int cell = 0; cell < cells; cell++) {
            var at = cell;
            var kind = IntStream.range(0, KINDS)
                    .boxed()
                    .max(Comparator.comparingDouble(k -> answer.get((4 + k) * cells + at)))
                    .orElseThrow();
            var score = answer.get((4 + kind) * cells + cell);
            if (score > FLOOR) {
                found.add(new Detection(
                        kind,
                        score,
                        new Box(
                                answer.get(cell),
                                answer.get(cells + cell),
                                answer.get(2 * cells + cell),
                                answer.get(3 * cells + cell))));
            }
        }
        return new Selection(FLOOR, SAME, true).of(found);
    }
}
