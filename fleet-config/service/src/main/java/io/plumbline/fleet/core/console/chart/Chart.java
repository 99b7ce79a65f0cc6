package io.plumbline.fleet.core.console.chart;

import java.time.Instant;
import java.util.List;

/**
 * A chart, ready to be set.
 *
 * @param key of the drawing on its page
 * @param title what is drawn
 * @param help how to read it, in a sentence
 * @param ticks of the axis of values
 * @param times of the axis of time
 */
public record Chart(
        String key,
        String title,
        String help,
        Span span,
        List<Line> lines,
        List<Tick> ticks,
        List<Time> times,
        List<Flag> flags) {

    public static final int WIDTH = 480;
    public static final int HEIGHT = 190;
    static final int LEFT = 46;
    static final int RIGHT = 8;
    static final int TOP = 20;
    static final int BOTTOM = 22;

    public Chart {
        lines = List.copyOf(lines);
        ticks = List.copyOf(ticks);
        times = List.copyOf(times);
        flags = List.copyOf(flags);
    }

    /**
     * @param colour from 0, of eight; the dashes of a line differ as well
     * @param path of the line, as SVG writes it
     * @param band of its intervals; empty if it has none
     * @param limit of what it is held against; empty where that is drawn already
     * @param newest the newest value, in words
     */
    public record Line(String name, int colour, String path, String band, String limit, String newest, List<Row> rows) {

        public Line {
            rows = List.copyOf(rows);
        }
    }

    /** A value for those who read it. */
    public record Row(String build, Instant at, String value, String interval, String limit) {}

    public record Tick(String words, String y) {}

    /** @param css which way the words stand from the line; empty for beginning there */
    public record Time(String words, String x, String css) {}

    /** @param label the mark's number; empty where a newer one stands too near */
    public record Flag(Mark mark, String x, String label) {}

    /** Where the drawing ends on the right. */
    public int right() {
        return WIDTH - RIGHT;
    }

    public int left() {
        return LEFT;
    }

    public int top() {
        return TOP;
    }

    public int bottom() {
        return HEIGHT - BOTTOM;
    }

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }
}
