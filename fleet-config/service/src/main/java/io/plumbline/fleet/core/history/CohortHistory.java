package io.plumbline.fleet.core.history;

import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.ModelHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of one cohort. Not thread-safe. */
final class CohortHistory {

    /** When there are more, one between two others goes: the older, the coarser, by the logarithm of the age, and none of it ends. */
    static final int MOST_POINTS = 160;

    static final int MOST_TRACKS = 24;
    private static final Duration LEAST_APART = Duration.ofSeconds(1);
    private static final int NUMBERS = 4;

    private record Name(String measure, String subject) {}

    private static final class Point {

        private final Instant at;
        private final Instant readings;
        /** Value, lower, upper and threshold of each track that was known then; NaN where it was not evaluated. */
        private final float[] numbers;

        private Point(Instant at, Instant readings, float[] numbers) {
            this.at = at;
            this.readings = readings;
            this.numbers = numbers;
        }
    }

    private final Cohort cohort;
    private final Map<Name, Integer> names = new LinkedHashMap<>();
    private final List<Point> points = new ArrayList<>();

    CohortHistory(Cohort cohort) {
        this.cohort = cohort;
    }

    /** Whether it is of the same model on the same site. */
    boolean isBeside(Cohort other) {
        return cohort.model().equals(other.model()) && cohort.site().equals(other.site());
    }

    void add(ModelHealth health, Instant at) {
        if (!points.isEmpty() && at.isBefore(points.get(points.size() - 1).at.plus(LEAST_APART))) {
            return;
        }
        var facts = health.evidence().stream()
                .filter(fact -> fact.device().isEmpty())
                .toList();
        facts.forEach(this::know);
        var numbers = new float[names.size() * NUMBERS];
        Arrays.fill(numbers, Float.NaN);
        facts.forEach(fact -> write(fact, numbers));
        points.add(new Point(at, health.to(), numbers));
        if (points.size() > MOST_POINTS) {
            thin();
        }
    }

    private void know(Evidence fact) {
        var name = new Name(fact.measure(), fact.subject());
        if (!names.containsKey(name) && names.size() < MOST_TRACKS) {
            names.put(name, names.size());
        }
    }

    private void write(Evidence fact, float[] numbers) {
        var index = names.get(new Name(fact.measure(), fact.subject()));
        if (index != null && fact.samples() > 0) {
            var from = index * NUMBERS;
            numbers[from] = (float) fact.value();
            numbers[from + 1] = (float) fact.lower();
            numbers[from + 2] = (float) fact.upper();
            numbers[from + 3] = (float) fact.threshold();
        }
    }

    /** Without the inner point that is missed least: whose neighbours are nearest to each other, for their age. */
    private void thin() {
        var newest = seconds(points.size() - 1);
        var least = 1;
        var gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < points.size() - 1; i++) {
            var between = (seconds(i + 1) - seconds(i - 1)) / Math.max(1, newest - seconds(i));
            if (between < gap) {
                gap = between;
                least = i;
            }
        }
        points.remove(least);
    }

    private double seconds(int point) {
        return points.get(point).at.toEpochMilli() / 1e3;
    }

    List<Track> tracks() {
        return names.entrySet().stream()
                .map(name ->
                        new Track(name.getKey().measure(), name.getKey().subject(), dots(name.getValue() * NUMBERS)))
                .filter(track -> !track.dots().isEmpty())
                .toList();
    }

    private List<Dot> dots(int from) {
        var dots = new ArrayList<Dot>();
        for (var point : points) {
            var numbers = point.numbers;
            if (from < numbers.length && !Float.isNaN(numbers[from])) {
                dots.add(new Dot(
                        cohort.build(),
                        point.at,
                        point.readings,
                        numbers[from],
                        numbers[from + 1],
                        numbers[from + 2],
                        numbers[from + 3]));
            }
        }
        return dots;
    }
}
