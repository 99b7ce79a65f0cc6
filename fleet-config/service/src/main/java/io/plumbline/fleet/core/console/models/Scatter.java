package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.message.CandidateScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was tried in a recalibration, as points: to the right slower, further up nearer to FP32 by the mean difference. In the coordinates of one picture.
 *
 * @param about which recalibration it was, and how it ended
 * @param slowest of the axis of latency, in words
 * @param lowest the largest difference of the axis, in words
 */
public record Scatter(String about, List<Point> points, String slowest, String lowest) {

    public static final int WIDTH = 480;
    public static final int HEIGHT = 200;
    private static final int LEFT = 50;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 26;
    private static final double SPARE = 1.15;

    public Scatter {
        points = List.copyOf(points);
    }

    /**
     * @param number by which the table names it
     * @param role chosen, running, or neither
     * @param difference mean of what probabilities differ by
     * @param clipped share of the windows that leave the range of the worst tensor
     */
    public record Point(
            int number,
            String recipe,
            String role,
            String x,
            String y,
            String difference,
            String agreement,
            String clipped,
            String latency,
            String size) {}

    /** @param scores those without a comparison are left out */
    static Scatter of(String about, List<CandidateScore> scores, String running, String chosen) {
        var known =
                scores.stream().filter(score -> score.fidelity().compared() > 0).toList();
        var largest = known.stream().mapToDouble(Scatter::difference).max().orElse(0) * SPARE;
        var floor = largest > 0 ? largest : 1;
        var slowest = known.stream().mapToDouble(Scatter::millis).max().orElse(1) * SPARE;
        var right = slowest > 0 ? slowest : 1;
        var points = new ArrayList<Point>();
        for (var score : known) {
            var build = score.build().value();
            points.add(new Point(
                    points.size() + 1,
                    score.recipe(),
                    build.equals(chosen) ? "chosen" : build.equals(running) ? "running" : "",
                    coordinate(LEFT + millis(score) / right * (WIDTH - LEFT - RIGHT)),
                    coordinate(TOP + difference(score) / floor * (HEIGHT - TOP - BOTTOM)),
                    number(difference(score)),
                    percent(agreement(score)),
                    percent(clipped(score)),
                    millis(score) > 0 ? String.format(Locale.ROOT, "%.2f ms", millis(score)) : "–",
                    Sizes.inWords(score.modelBytes().orElse(0L))));
        }
        return new Scatter(about, points, String.format(Locale.ROOT, "%.2f ms", right), number(floor));
    }

    private static double agreement(CandidateScore score) {
        return (double) score.fidelity().agreed() / score.fidelity().compared();
    }

    /** Mean over the inputs of what the probability of FP32's answer differs by. */
    private static double difference(CandidateScore score) {
        return score.fidelity().sumAbsoluteDelta() / score.fidelity().compared();
    }

    /** Of the tensor whose range is left most often. */
    private static double clipped(CandidateScore score) {
        return score.fidelity().clipping().stream()
                .filter(one -> one.windows() > 0)
                .mapToDouble(one -> (double) one.clippedWindows() / one.windows())
                .max()
                .orElse(0);
    }

    private static String number(double difference) {
        return String.format(Locale.ROOT, "%.5f", difference);
    }

    private static double millis(CandidateScore score) {
        return score.latency().quantileNanos(0.5) / 1e6;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The points in the order in which they are drawn: what was chosen is covered by no other. */
    public List<Point> drawn() {
        return points.stream()
                .sorted(Comparator.comparing((Point point) -> point.role().equals("chosen"))
                        .thenComparing(Point::number, Comparator.reverseOrder()))
                .toList();
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    public int left() {
        return LEFT;
    }

    public int right() {
        return WIDTH - RIGHT;
    }

    public int top() {
        return TOP;
    }

    public int bottom() {
        return HEIGHT - BOTTOM;
    }
}
