package io.plumbline.quantizer.arithmetic;

/**
 * float32 to IEEE 754 binary16, rounded half to even. Finite values stay finite and values other than zero stay so: what is
 * too large or too small becomes the largest or the smallest half of its sign. NaN, infinities and zeros are kept.
 */
public final class HalfFloat {

    private static final float LARGEST = 65504;
    private static final float SMALLEST = 0x1p-24f;
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    private static final int DROPPED_BITS = 13;
    private static final int REBIAS = (127 - 15) << 10;

    private HalfFloat() {}

    public static short of(float value) {
        var sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        return (short) (sign | magnitude(Math.abs(value)));
    }

    private static int magnitude(float value) {
        if (Float.isNaN(value)) {
            return 0x7e00;
        }
        if (Float.isInfinite(value)) {
            return 0x7c00;
        }
        if (value == 0) {
            return 0;
        }
        if (value < SMALLEST_NORMAL) {
            return Math.max(1, (int) Math.rint(value / SMALLEST));
        }
        var bits = Float.floatToRawIntBits(Math.min(value, LARGEST));
        var even = (bits >>> DROPPED_BITS) & 1;
        return ((bits + (1 << (DROPPED_BITS - 1)) - 1 + even) >>> DROPPED_BITS) - REBIAS;
    }
}
