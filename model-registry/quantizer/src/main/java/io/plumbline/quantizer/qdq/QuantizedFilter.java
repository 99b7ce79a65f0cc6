package io.plumbline.quantizer.qdq;

import io.plumbline.quantizer.arithmetic.SignedWeights;
import java.util.Arrays;

/**
 * A weight in signed bytes whose scales are wide enough for a bias in 32-bit integers.
 *
 * <p>The runtime adds the bias to the sums of products, so that its step is the product of the activation's and the weight's
 * step: b = round(bias / (sx * sw)). Where a channel's weights are tiny against its bias, b would leave 32 bits; then that
 * channel's step becomes {@code 1.0001 * 2 |bias| / (2^32 - 2) / sx} instead, and its weights are rounded to it. Immutable.
 */
final class QuantizedFilter {

    private static final double SMALLEST_STEP_OF_BIAS = 1.0001 * 2 / ((1L << 32) - 2);

    private final byte[] values;
    private final float[] scales;

    private QuantizedFilter(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /**
     * @param weight row-major; value i belongs to channel (i / inner) % channels
     * @throws IllegalArgumentException if a value is not finite
     */
    static QuantizedFilter of(float[] weight, int channels, int inner, int limit) {
        var plain = SignedWeights.of(weight, channels, inner, limit);
        return new QuantizedFilter(plain.values(), plain.scales());
    }

    /** What a build holds. */
    static QuantizedFilter stored(byte[] values, float[] scales) {
        return new QuantizedFilter(values.clone(), scales.clone());
    }

    /**
     * With scales that keep every bias within 32 bits.
     *
     * @param bias one for each output channel
     * @param activation scale of the input
     * @param weight the float weight; values of one output channel lie side by side
     */
    QuantizedFilter holding(float[] bias, float activation, float[] weight) {
        var wider = scales.clone();
        for (int i = 0; i < bias.length; i++) {
            var channel = wider.length == 1 ? 0 : i;
            wider[channel] = wideEnough(wider[channel], bias[i], activation);
        }
        if (Arrays.equals(wider, scales)) {
            return this;
        }
        var inner = weight.length / wider.length;
        var rounded = new byte[weight.length];
        for (int i = 0; i < weight.length; i++) {
            rounded[i] = (byte) Math.rint(weight[i] / wider[i / inner]);
        }
        return new QuantizedFilter(rounded, wider);
    }

    private static float wideEnough(float scale, float bias, float activation) {
        var needed = SMALLEST_STEP_OF_BIAS * Math.abs(bias);
        return (double) activation * scale >= needed
                ? scale
                : (float) Math.max(scale, Math.nextUp(needed / activation));
    }

    /** The bias in steps of {@link #biasScales}. */
    int[] bias(float[] bias, float activation) {
        var steps = biasScales(activation, bias.length);
        var quantized = new int[bias.length];
        for (int i = 0; i < bias.length; i++) {
            // A long narrows to int only after it was cut: a step of exactly zero cannot be, scales are normal floats.
            var rounded = Math.rint((double) bias[i] / steps[steps.length == 1 ? 0 : i]);
            quantized[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, rounded));
        }
        return quantized;
    }

    /** sx * sw of each channel, as the runtime multiplies them. */
    float[] biasScales(float activation, int channels) {
        var steps = new float[scales.length == 1 ? 1 : channels];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = activation * scales[i];
        }
        return steps;
    }

    /** The weight that the bytes stand for. */
    float[] dequantized() {
        var inner = values.length / scales.length;
        var weight = new float[values.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = values[i] * scales[i / inner];
        }
        return weight;
    }

    byte[] values() {
        return values.clone();
    }

    float[] scales() {
        return scales.clone();
    }
}
