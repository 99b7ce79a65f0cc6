package io.plumbline.quantizer.arithmetic;

/**
 * Quantization with scales and zero points that are given: level = round half to even(value / scale) + zero point, cut to the
 * levels of a byte. Immutable.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html">ONNX QuantizeLinear</a>
 */
public final class LinearLevels {

    private final float[] scales;
    private final int[] zeroPoints;
    private final int inner;
    private final int lowest;

    /**
     * @param scales one per channel, copied
     * @param zeroPoints as many, copied
     * @param inner values of one channel that lie side by side
     * @param signed whether levels are -128 to 127 instead of 0 to 255
     */
    public LinearLevels(float[] scales, int[] zeroPoints, int inner, boolean signed) {
        if (scales.length != zeroPoints.length || scales.length == 0) {
            throw new IllegalArgumentException(scales.length + " scales and " + zeroPoints.length
                    + " zero points must be as many, and at least 1");
        }
        this.scales = scales.clone();
        this.zeroPoints = zeroPoints.clone();
        this.inner = inner;
        this.lowest = signed ? Byte.MIN_VALUE : 0;
    }

    /** @param values row-major; value i belongs to channel (i / inner) % channels */
    public byte[] of(float[] values) {
        var levels = new byte[values.length];
        for (int i = 0; i < levels.length; i++) {
            var channel = i / inner % scales.length;
            var level = Math.rint(values[i] / scales[channel]) + zeroPoints[channel];
            levels[i] = (byte) (int) Math.max(lowest, Math.min(lowest + 255, level));
        }
        return levels;
    }
}
