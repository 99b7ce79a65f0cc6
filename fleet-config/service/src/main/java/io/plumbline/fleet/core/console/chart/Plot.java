package io.plumbline.fleet.core.console.chart;

import io.plumbline.fleet.core.history.Dot;
import io.plumbline.fleet.core.history.Track;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws. Pure. */
public final class Plot {

    /** More lines than this nobody can tell from each other: the first ones are drawn. */
    public static final int MOST_LINES = 8;

    private static final int MOST_ROWS = 12;
    private static final int TICKS = 4;
    /** So far from each other numbers of marks can be read. */
    private static final int APART = 16;

    private final Span span;
    private final List<Mark> marks;

    /** @param marks newest first; those outside the span are left out */
    public Plot(Span span, List<Mark> marks) {
        this.span = span;
        this.marks = List.copyOf(marks);
    }

    /** What is written where. */
    public record Text(String key, String title, String help) {}

    /** Shares of one, as per cent; on the whole axis if they are spread, nearer if they are not. */
    public Chart shares(Text text, List<Track> tracks, Function<Track, String> names) {
        var lowest = extent(tracks, dot -> Math.min(dot.lower(), dot.threshold()), false);
        var highest = extent(tracks, dot -> Math.max(dot.upper(), dot.threshold()), true);
        var low = lowest >= 0.8 ? 0.8 : lowest >= 0.5 ? 0.5 : 0;
        var high = highest <= 0.1 ? 0.1 : highest <= 0.25 ? 0.25 : 1;
        return draw(text, tracks, names, new Scale(low, low > 0 ? 1 : high, true));
    }

    /** Numbers from zero on. */
    public Chart numbers(Text text, List<Track> tracks, Function<Track, String> names) {
        var highest = extent(tracks, dot -> Math.max(dot.upper(), dot.threshold()), true);
        return draw(text, tracks, names, new Scale(0, rounded(highest), false));
    }

    private static double extent(List<Track> tracks, ToDoubleFunction<Dot> of, boolean highest) {
        var values = tracks.stream()
                .limit(MOST_LINES)
                .flatMap(track -> track.dots().stream())
                .mapToDouble(of);
        return (highest ? values.max() : values.min()).orElse(highest ? 1 : 0);
    }

    /** The next of 1, 2 and 5 times a power of ten. */
    private static double rounded(double value) {
        if (value <= 0) {
            return 1;
        }
        var power = Math.pow(10, Math.floor(Math.log10(value)));
        for (var step : new double[] {1, 2, 5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private record Scale(double low, double high, boolean share) {

        private double y(double value) {
            var part = Math.min(1, Math.max(0, (value - low) / (high - low)));
            return Chart.HEIGHT - Chart.BOTTOM - part * (Chart.HEIGHT - Chart.BOTTOM - Chart.TOP);
        }

        private String words(double value) {
            return share
                    ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                    : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.3f", value);
        }

        private String tick(double value) {
            return share
                    ? String.format(Locale.ROOT, "%.0f %%", 100 * value)
                    : String.format(Locale.ROOT, high >= 2 ? "%.1f" : "%.2f", value);
        }
    }

    private Chart draw(Text text, List<Track> tracks, Function<Track, String> names, Scale scale) {
        var lines = new ArrayList<Chart.Line>();
        Set<Float> limits = new HashSet<>();
        tracks.stream()
                .limit(MOST_LINES)
                .forEach(track -> lines.add(line(track, names.apply(track), lines.size(), limits, scale)));
        var ticks = new ArrayList<Chart.Tick>();
        for (int i = 0; i <= TICKS; i++) {
            var value = scale.low + i * (scale.high - scale.low) / TICKS;
            ticks.add(new Chart.Tick(scale.tick(value), coordinate(scale.y(value))));
        }
        return new Chart(text.key(), text.title(), text.help(), span, lines, ticks, TimeAxis.of(span), flags());
    }

    private List<Chart.Flag> flags() {
        var flags = new ArrayList<Chart.Flag>();
        var last = Double.POSITIVE_INFINITY;
        for (var mark : marks) {
            if (span.covers(mark.at())) {
                var x = x(span.share(mark.at()));
                var isFree = last - x >= APART;
                flags.add(new Chart.Flag(mark, coordinate(x), isFree ? String.valueOf(mark.number()) : ""));
                last = isFree ? x : last;
            }
        }
        return flags;
    }

    private Chart.Line line(Track track, String name, int colour, Set<Float> limits, Scale scale) {
        var newest = track.newest();
        return new Chart.Line(
                name,
                colour,
                path(track.dots(), Dot::value, scale),
                hasIntervals(track) ? band(track.dots(), scale) : "",
                limits.add((float) newest.threshold()) ? path(track.dots(), Dot::threshold, scale) : "",
                scale.words(newest.value()),
                rows(track.dots(), scale));
    }

    private static boolean hasIntervals(Track track) {
        return track.dots().stream().anyMatch(dot -> dot.upper() > dot.lower());
    }

    /** A stroke for each build. */
    private String path(List<Dot> dots, ToDoubleFunction<Dot> of, Scale scale) {
        return byBuild(dots).map(run -> stroke(run, of, scale)).collect(Collectors.joining());
    }

    private String stroke(List<Dot> dots, ToDoubleFunction<Dot> of, Scale scale) {
        var points = dots.stream()
                .map(dot -> at(dot, of.applyAsDouble(dot), scale))
                .collect(Collectors.joining("L", "M", ""));
        return dots.size() == 1 ? points + "h1" : points;
    }

    private String band(List<Dot> dots, Scale scale) {
        return byBuild(dots)
                .map(run -> {
                    var back = new ArrayList<>(run);
                    Collections.reverse(back);
                    return stroke(run, Dot::upper, scale)
                            + stroke(back, Dot::lower, scale).replace('M', 'L')
                            + "Z";
                })
                .collect(Collectors.joining());
    }

    private static Stream<List<Dot>> byBuild(List<Dot> dots) {
        return dots.stream()
                .collect(Collectors.groupingBy(Dot::build, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream();
    }

    private String at(Dot dot, double value, Scale scale) {
        return coordinate(x(span.share(dot.at()))) + " " + coordinate(scale.y(value));
    }

    static double x(double share) {
        return Chart.LEFT + share * (Chart.WIDTH - Chart.RIGHT - Chart.LEFT);
    }

    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The newest and some before it, evenly. */
    private static List<Chart.Row> rows(List<Dot> dots, Scale scale) {
        var step = Math.max(1, (dots.size() + MOST_ROWS - 1) / MOST_ROWS);
        var rows = new ArrayList<Chart.Row>();
        for (int i = dots.size() - 1; i >= 0; i -= step) {
            var dot = dots.get(i);
            var interval = dot.upper() > dot.lower() ? scale.words(dot.lower()) + " – " + scale.words(dot.upper()) : "";
            rows.add(new Chart.Row(
                    dot.build().shortHex(),
                    dot.at(),
                    scale.words(dot.value()),
                    interval,
                    scale.words(dot.threshold())));
        }
        return rows;
    }
}
