package io.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The straight line that lies nearest to a series of points (least squares). */
final class Trend {

    private final List<Point> points = new ArrayList<>();

    private final double from;

    private record Point(double x, double y) {}

    /** @param from points before this x do not count */
    Trend(double from) {
        this.from = from;
    }

    void add(double x, double y) {
        if (x >= from) {
            points.add(new Point(x, y));
        }
    }

    /** Change of y for each x; empty for fewer than three points. */
    OptionalDouble slope() {
        if (points.size() < 3) {
            return OptionalDouble.empty();
        }
        var x = points.stream().mapToDouble(Point::x).average().orElseThrow();
        var y = points.stream().mapToDouble(Point::y).average().orElseThrow();
        var covariance = points.stream().mapToDouble(p -> (p.x - x) * (p.y - y)).sum();
        return OptionalDouble.of(covariance
                / points.stream().mapToDouble(p -> (p.x - x) * (p.x - x)).sum());
    }
}
