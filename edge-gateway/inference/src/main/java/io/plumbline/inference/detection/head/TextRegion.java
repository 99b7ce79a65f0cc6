package io.plumbline.inference.detection.head;

import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The upright rectangle around cells of a map that touch; the ends are outside. */
record TextRegion(int columns, int left, int top, int right, int bottom) {

    /** Regions of more than the threshold in a map [1, 1, rows, columns], in the order of their first cells. */
    static List<TextRegion> find(Tensor map, double threshold) {
        var columns = (int) map.shape()[3];
        var open = new boolean[map.size()];
        for (int cell = 0; cell < open.length; cell++) {
            open[cell] = map.get(cell) > threshold;
        }
        var regions = new ArrayList<TextRegion>();
        for (int cell = 0; cell < open.length; cell++) {
            if (open[cell]) {
                regions.add(flood(open, columns, cell));
            }
        }
        return regions;
    }

    /** Closes every cell that can be reached. */
    private static TextRegion flood(boolean[] open, int columns, int start) {
        var region = at(columns, start);
        var waiting = new ArrayDeque<Integer>();
        open[start] = false;
        waiting.add(start);
        while (!waiting.isEmpty()) {
            int cell = waiting.remove();
            region = region.with(at(columns, cell));
            for (int y = Math.max(0, cell / columns - 1); y <= cell / columns + 1; y++) {
                for (int x = Math.max(0, cell % columns - 1); x <= Math.min(columns - 1, cell % columns + 1); x++) {
                    var next = y * columns + x;
                    if (next < open.length && open[next]) {
                        open[next] = false;
                        waiting.add(next);
                    }
                }
            }
        }
        return region;
    }

    private static TextRegion at(int columns, int cell) {
        var x = cell % columns;
        var y = cell / columns;
        return new TextRegion(columns, x, y, x + 1, y + 1);
    }

    private TextRegion with(TextRegion other) {
        return new TextRegion(
                columns,
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    double mean(Tensor map) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += map.get(y * columns + x);
            }
        }
        return sum / ((double) width() * height());
    }

    /** In cells, grown on every side by area x unclip / perimeter. */
    Box grown(double unclip) {
        var by = (double) width() * height() * unclip / (2.0 * (width() + height()));
        return new Box(left - by, top - by, right + by, bottom + by);
    }
}
