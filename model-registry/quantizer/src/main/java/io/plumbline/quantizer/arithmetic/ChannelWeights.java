package io.plumbline.quantizer.arithmetic;

/**
 * A weight [rows, columns] as signed bytes with one scale per column: symmetric over [-127, 127], zero point 0, rounded
 * half to even. Immutable.
 */
public final class ChannelWeights {

    private static final int LEVELS = 127;

    private final byte[] values;
    private final float[] scales;

    private ChannelWeights(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /**
     * @param weight row-major, rows * columns values
     * @throws IllegalArgumentException if a value is not finite
     */
    public static ChannelWeights perColumn(float[] weight, int columns) {
        var scales = new float[columns];
        for (int i = 0; i < weight.length; i++) {
            if (!Float.isFinite(weight[i])) {
                throw new IllegalArgumentException("value " + i + " is " + weight[i]);
            }
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(weight[i]));
        }
        for (int column = 0; column < columns; column++) {
            var scale = scales[column] / LEVELS;
            scales[column] = scale < Float.MIN_NORMAL ? 1 : scale;
        }
        var values = new byte[weight.length];
        for (int i = 0; i < weight.length; i++) {
            var rounded = Math.rint(weight[i] / scales[i % columns]);
            values[i] = (byte) Math.max(-LEVELS, Math.min(LEVELS, rounded));
        }
        return new ChannelWeights(values, scales);
    }

    /** A copy, row-major. */
    public byte[] values() {
        return values.clone();
    }

    /** A copy, one per column. */
    public float[] scales() {
        return scales.clone();
    }
}
