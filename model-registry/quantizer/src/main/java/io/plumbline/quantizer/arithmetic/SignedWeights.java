package io.plumbline.quantizer.arithmetic;

/**
 * A weight as signed bytes, symmetric with zero point 0, one scale per channel: scale = largest magnitude / limit in double,
 * rounded to float32; values are divided by the float32 scale and rounded half to even. Immutable.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html">ONNX QuantizeLinear</a>
 */
public final class SignedWeights {

    /** Largest quantized magnitude over the whole range of a signed byte. */
    public static final int FULL = 127;

    /** Largest quantized magnitude whose products with unsigned bytes never saturate a pairwise 16-bit sum. */
    public static final int REDUCED = 64;

    private final byte[] values;
    private final float[] scales;

    private SignedWeights(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /**
     * @param weight row-major; value i belongs to channel (i / inner) % channels
     * @param channels number of scales, positive
     * @param inner values of one channel that lie side by side, positive
     * @param limit {@link #FULL} or {@link #REDUCED}
     * @throws IllegalArgumentException if a value is not finite
     */
    public static SignedWeights of(float[] weight, int channels, int inner, int limit) {
        var scales = scales(weight, channels, inner, limit);
        var values = new byte[weight.length];
        int channel = 0;
        int left = inner;
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.rint(weight[i] / scales[channel]);
            if (--left == 0) {
                left = inner;
                channel = channel + 1 == channels ? 0 : channel + 1;
            }
        }
        return new SignedWeights(values, scales);
    }

    private static float[] scales(float[] weight, int channels, int inner, int limit) {
        var scales = new float[channels];
        int channel = 0;
        int left = inner;
        for (int i = 0; i < weight.length; i++) {
            if (!Float.isFinite(weight[i])) {
                throw new IllegalArgumentException("value " + i + " is " + weight[i]);
            }
            scales[channel] = Math.max(scales[channel], Math.abs(weight[i]));
            if (--left == 0) {
                left = inner;
                channel = channel + 1 == channels ? 0 : channel + 1;
            }
        }
        for (int i = 0; i < channels; i++) {
            var scale = (double) scales[i] / limit;
            scales[i] = scale < Float.MIN_NORMAL ? 1 : (float) scale;
        }
        return scales;
    }

    /** A copy, in the order of the weight. */
    public byte[] values() {
        return values.clone();
    }

    /** A copy, row-major [columns, rows] of a weight [rows, columns]. */
    public byte[] transposed(int rows, int columns) {
        var turned = new byte[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return turned;
    }

    /** A copy, one per channel. */
    public float[] scales() {
        return scales.clone();
    }
}
