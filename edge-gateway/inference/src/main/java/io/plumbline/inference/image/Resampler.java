package io.plumbline.inference.image;

import io.plumbline.inference.card.ImageInput.Interpolation;

/** Resizes images row by row: first along the columns, then along the row. Memory is used again. Confined to one thread. */
final class Resampler {

    private static final int COLOURS = 3;

    private final Interpolation interpolation;
    private Axis across;
    private Axis down;
    private float[] sums = new float[0];
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
            sumColumns(pixels);
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
        var length = pixels.width() * pixels.step();
        // One pixel more: the second tap of an image one pixel wide is read, with weight 0.
        sums = sums.length == length + pixels.step() ? sums : new float[length + pixels.step()];
        row = row.length == width * COLOURS ? row : new float[width * COLOURS];
    }

    private void sumRows(Pixels pixels, int y) {
        var bytes = pixels.bytes();
        var length = pixels.width() * pixels.step();
        for (int tap = 0; tap < down.taps(y); tap++) {
            var weight = down.weight(y, tap);
            var line = Math.min(down.first(y) + tap, pixels.height() - 1);
            var from = line * length;
            if (tap == 0) {
                for (int i = 0; i < length; i++) {
                    sums[i] = weight * (bytes[from + i] & 0xff);
                }
            } else if (weight != 0) {
                for (int i = 0; i < length; i++) {
                    sums[i] += weight * (bytes[from + i] & 0xff);
                }
            }
        }
    }

    private void sumColumns(Pixels pixels) {
        var firsts = across.firsts();
        var starts = across.starts();
        var weights = across.weights();
        var step = pixels.step();
        for (int colour = 0; colour < COLOURS; colour++) {
            var offset = pixels.offset(colour);
            for (int x = 0; x < firsts.length; x++) {
                float sum = 0;
                int at = firsts[x] * step + offset;
                for (int tap = starts[x]; tap < starts[x + 1]; tap++, at += step) {
                    sum += weights[tap] * sums[at];
                }
                row[x * COLOURS + colour] = sum;
            }
        }
    }
}
