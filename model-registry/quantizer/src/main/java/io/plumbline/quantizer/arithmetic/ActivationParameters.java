package io.plumbline.quantizer.arithmetic;

/**
 * How an activation becomes an unsigned byte: real = scale * (quantized - zeroPoint).
 *
 * @param scale real units per quantized step, positive
 * @param zeroPoint in [0, 255]
 * @see <a href="https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html">ONNX QuantizeLinear</a>
 */
public record ActivationParameters(float scale, int zeroPoint) {

    private static final int LEVELS = 255;

    /**
     * Asymmetric: the range, extended to hold zero, is spread over 0..255; the zero point is rounded half to even. A range
     * too narrow for a normal float becomes scale 1, zero point 0.
     */
    public static ActivationParameters of(ActivationRange range) {
        var min = Math.min(range.min(), 0);
        var max = Math.max(range.max(), 0);
        var scale = (max - min) / LEVELS;
        if (scale < Float.MIN_NORMAL) {
            return new ActivationParameters(1, 0);
        }
        return new ActivationParameters((float) scale, (int) Math.rint(-min / scale));
    }

    /** What can be represented without clipping. */
    public ActivationRange representable() {
        return new ActivationRange((double) scale * -zeroPoint, (double) scale * (LEVELS - zeroPoint));
    }
}
