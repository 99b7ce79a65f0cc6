package io.plumbline.quantizer.vision;

import io.plumbline.inference.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reading, thinning and comparing detections. */
public final class Boxes {

    private Boxes() {}

    /** Corners relative to the image. */
    public record Box(int kind, double score, double left, double top, double right, double bottom) {

        double overlap(Box other) {
            var width = Math.min(right, other.right) - Math.max(left, other.left);
            var height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            var shared = Math.max(0, width) * Math.max(0, height);
            return shared / (area() + other.area() - shared);
        }

        private double area() {
            return (right - left) * (bottom - top);
        }
    }

    /** FastestDet's answer [1, 85, 22, 22]. */
    public static List<Box> fastestDet(Tensor answer, double threshold) {
        var boxes = new ArrayList<Box>();
        var side = 22;
        var plane = side * side;
        for (int cell = 0; cell < plane; cell++) {
            int kind = 0;
            for (int k = 1; k < 80; k++) {
                kind = answer.get((5 + k) * plane + cell) > answer.get((5 + kind) * plane + cell) ? k : kind;
            }
            var score = Math.pow(answer.get(cell), 0.6) * Math.pow(answer.get((5 + kind) * plane + cell), 0.4);
            if (score > threshold) {
                var x = (cell % side + Math.tanh(answer.get(plane + cell))) / side;
                var y = (cell / side + Math.tanh(answer.get(2 * plane + cell))) / side;
                var halfWidth = sigmoid(answer.get(3 * plane + cell)) / 2;
                var halfHeight = sigmoid(answer.get(4 * plane + cell)) / 2;
                boxes.add(new Box(kind, score, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight));
            }
        }
        return strongest(boxes, 0.45);
    }

    /** UltraFace's answers [1, n, 2] and [1, n, 4]. */
    public static List<Box> faces(Tensor scores, Tensor corners, double threshold) {
        var boxes = new ArrayList<Box>();
        for (int i = 0; i < scores.size() / 2; i++) {
            if (scores.get(2 * i + 1) > threshold) {
                boxes.add(new Box(
                        0,
                        scores.get(2 * i + 1),
                        corners.get(4 * i),
                        corners.get(4 * i + 1),
                        corners.get(4 * i + 2),
                        corners.get(4 * i + 3)));
            }
        }
        return strongest(boxes, 0.3);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static List<Box> strongest(List<Box> boxes, double overlap) {
        var kept = new ArrayList<Box>();
        boxes.stream().sorted(Comparator.comparingDouble(Box::score).reversed()).forEach(box -> {
            if (kept.stream().noneMatch(one -> one.kind == box.kind && one.overlap(box) > overlap)) {
                kept.add(box);
            }
        });
        return kept;
    }

    /** Pairs of the same kind that overlap by half at least, each box in one pair at most, strongest first. */
    public static int matches(List<Box> found, List<Box> expected) {
        var free = new ArrayList<>(expected);
        var matches = 0;
        for (var box : found) {
            var nearest = free.stream()
                    .filter(one -> one.kind == box.kind && one.overlap(box) >= 0.5)
                    .max(Comparator.comparingDouble(box::overlap));
            if (nearest.isPresent()) {
                free.remove(nearest.get());
                matches++;
            }
        }
        return matches;
    }

    /**
     * Average precision over all images and kinds together: detections from the strongest down, each right if it takes a box
     * of its kind that nobody took and that it overlaps by half; the mean over the expected boxes of the precision where each
     * was found, at best what is reached further down.
     */
    public static double averagePrecision(List<List<Box>> found, List<List<Box>> expected) {
        var ranked = new ArrayList<Ranked>();
        for (int image = 0; image < found.size(); image++) {
            for (var box : found.get(image)) {
                ranked.add(new Ranked(image, box));
            }
        }
        ranked.sort(Comparator.comparingDouble((Ranked one) -> one.box.score).reversed());
        var free = new ArrayList<List<Box>>();
        expected.forEach(boxes -> free.add(new ArrayList<>(boxes)));
        var precisions = new ArrayList<Double>();
        int right = 0;
        for (int i = 0; i < ranked.size(); i++) {
            var one = ranked.get(i);
            if (matches(List.of(one.box), free.get(one.image)) == 1) {
                free.get(one.image).stream()
                        .filter(box -> box.kind == one.box.kind && box.overlap(one.box) >= 0.5)
                        .max(Comparator.comparingDouble(one.box::overlap))
                        .ifPresent(free.get(one.image)::remove);
                right++;
                precisions.add((double) right / (i + 1));
            }
        }
        double sum = 0;
        double best = 0;
        for (int i = precisions.size() - 1; i >= 0; i--) {
            best = Math.max(best, precisions.get(i));
            sum += best;
        }
        return sum / expected.stream().mapToInt(List::size).sum();
    }

    private record Ranked(int image, Box box) {}
}
