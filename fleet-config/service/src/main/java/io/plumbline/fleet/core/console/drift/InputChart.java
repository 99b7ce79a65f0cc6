package io.plumbline.fleet.core.console.drift;

import java.util.List;

/**
 * The values of one feature now beside the reference's, ready to be set: a bar for each bin, and the reference as steps over them.
 *
 * @param psi how far it has moved, in words
 * @param outside what lies in the two open bins, and in none, in a sentence
 * @param steps the reference, as SVG writes a path
 * @param labels of some edges, as many as can be read
 */
public record InputChart(
        String feature,
        String psi,
        boolean beyond,
        String outside,
        List<Bin> bins,
        String steps,
        List<Label> labels,
        List<Tick> ticks) {

    public static final int WIDTH = 480;
    public static final int HEIGHT = 190;
    static final int LEFT = 46;
    static final int RIGHT = 8;
    static final int TOP = 12;
    static final int BOTTOM = 24;

    public InputChart {
        bins = List.copyOf(bins);
        labels = List.copyOf(labels);
        ticks = List.copyOf(ticks);
    }

    /**
     * @param range which values are in it, in words
     * @param now share of the values that came, in words
     */
    public record Bin(String range, String reference, String now, String x, String y, String width, String height) {}

    public record Label(String words, String x) {}

    public record Tick(String words, String y) {}

    public int width() {
        return WIDTH;
    }

    public int height() {
        return HEIGHT;
    }

    public int left() {
        return LEFT;
    }

    /** Where the drawing ends on the right. */
    public int right() {
        return WIDTH - RIGHT;
    }

    public int bottom() {
        return HEIGHT - BOTTOM;
    }
}
