package io.plumbline.inference.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How well detections follow a reference, over many images. A detection is right if it takes a reference box, as {@link
 * Pairing} says. Confined to one thread.
 */
public final class Agreement {

    private final double score;
    private final List<Ranked> ranked = new ArrayList<>();
    private long images;
    private long expected;

    private record Ranked(double score, boolean right) {}

    /**
     * Figures from 0 to 1; NaN where there is nothing to divide by.
     *
     * @param expected boxes of the reference
     * @param precision share of the detections above the score that are right
     * @param recall share of the reference boxes that those found
     * @param averagePrecision at an overlap of half, over all classes together: the mean, over the reference boxes, of the
     *     precision where each was found, or the best precision further down; 0 for a box that was not found. The area under
     *     the curve of PASCAL VOC 2010.
     */
    public record Result(long images, long expected, double precision, double recall, double averagePrecision) {}

    /** @param score a detection must score more to count in precision and recall */
    public Agreement(double score) {
        this.score = score;
    }

    /**
     * Adds one image.
     *
     * @param found in any order, weak ones too
     * @param reference boxes that should be found
     */
    public void add(List<Detection> found, List<Detection> reference) {
        images++;
        expected += reference.size();
        Pairing.of(found, reference)
                .pairs()
                .forEach(pair -> ranked.add(
                        new Ranked(pair.found().score(), pair.reference().isPresent())));
    }

    public Result result() {
        var strong = ranked.stream().filter(one -> one.score > score).toList();
        var right = strong.stream().filter(Ranked::right).count();
        return new Result(
                images,
                expected,
                share(right, strong.size()),
                share(right, expected),
                expected == 0 ? Double.NaN : averagePrecision());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    private double averagePrecision() {
        var sorted = ranked.stream()
                .sorted(Comparator.comparingDouble(Ranked::score).reversed())
                .toList();
        var precisions = new double[(int) sorted.stream().filter(Ranked::right).count()];
        int found = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i).right()) {
                precisions[found] = (found + 1.0) / (i + 1);
                found++;
            }
        }
        for (int i = found - 2; i >= 0; i--) {
            precisions[i] = Math.max(precisions[i], precisions[i + 1]);
        }
        return Arrays.stream(precisions).sum() / expected;
    }
}
