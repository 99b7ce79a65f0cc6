package io.plumbline.inference.image;

import io.plumbline.inference.card.ImageInput.Interpolation;
import java.util.Arrays;

/**
 * Resizes images row by row: each source row is resized along itself once, and kept while target rows need it. Memory is used
 * again. One thread at a time.
 */
final class Resampler {

    private static final int COLOURS = 3;

    private final Interpolation interpolation;
    private Axis across;
    private Axis down;
    private float[][] kept = new float[0][];
    private int[] keptRow = new int[0];
    private float[] row = new float[0];

    /** Takes rows of the resized image. */
    interface Sink {

        /**
         * @param y from the top
         * @param rgb red, green and blue of every pixel, side by side, from 0 to 255; used again for the next row
         */
        void accept(int y, float[] rgb);
    }

    Resampler(Interpolation interpolation) {
        this.interpolation = interpolation;
        this.across = Axis.of(1, 1, interpolation);
        this.down = across;
    }

    void resize(Pixels pixels, int width, int height, Sink sink) {
        prepare(pixels, width, height);
        for (int y = 0; y < height; y++) {
            sumRows(pixels, y);
            sink.accept(y, row);
        }
    }

    private void prepare(Pixels pixels, int width, int height) {
        if (!across.isOf(pixels.width(), width)) {
            across = Axis.of(pixels.width(), width, interpolation);
        }
        if (!down.isOf(pixels.height(), height)) {
            down = Axis.of(pixels.height(), height, interpolation);
        }
        if (row.length != width * COLOURS || kept.length != down.mostTaps() + 1) {
            row = new float[width * COLOURS];
            kept = new float[down.mostTaps() + 1][width * COLOURS];
            keptRow = new int[kept.length];
        }
        Arrays.fill(keptRow, -1);
    }

    private void sumRows(Pixels pixels, int y) {
        for (int tap = 0; tap < down.taps(y); tap++) {
            var weight = down.weight(y, tap);
            var source = resized(pixels, Math.min(down.first(y) + tap, pixels.height() - 1));
            if (tap == 0) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = weight * source[i];
                }
            } else {
                for (int i = 0; i < row.length; i++) {
                    row[i] += weight * source[i];
                }
            }
        }
    }

    private float[] resized(Pixels pixels, int line) {
        var slot = line % kept.length;
        if (keptRow[slot] != line) {
            keptRow[slot] = line;
            sumColumns(pixels, line, kept[slot]);
        }
        return kept[slot];
    }

    private void sumColumns(Pixels pixels, int line, float[] target) {
        var bytes = pixels.bytes();
        var step = pixels.step();
        var red = line * pixels.width() * step + pixels.offset(0);
        var green = pixels.offset(1) - pixels.offset(0);
        var blue = pixels.offset(2) - pixels.offset(0);
        var firsts = across.firsts();
        var starts = across.starts();
        var weights = across.weights();
        var last = (pixels.width() - 1) * step;
        for (int x = 0; x < firsts.length; x++) {
            float r = 0;
            float g = 0;
            float b = 0;
            int at = firsts[x] * step;
            for (int tap = starts[x]; tap < starts[x + 1]; tap++, at = Math.min(at + step, last)) {
                var weight = weights[tap];
                r += weight * (bytes[red + at] & 0xff);
                g += weight * (bytes[red + at + green] & 0xff);
                b += weight * (bytes[red + at + blue] & 0xff);
            }
            target[x * COLOURS] = r;
            target[x * COLOURS + 1] = g;
            target[x * COLOURS + 2] = b;
        }
    }
}
