package io.plumbline.inference;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** An immutable float32 tensor, row-major. Thread-safe. */
public final class Tensor {

    private final long[] shape;
    private final float[] data;

    private Tensor(long[] shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    /**
     * @param shape sizes of the axes, copied
     * @param data as many values as the shape holds, copied
     * @throws IllegalArgumentException if the number of values is not the product of the axes
     */
    public static Tensor of(long[] shape, float[] data) {
        return checked(shape.clone(), data.clone());
    }

    /** As {@link #of}, without copies. */
    static Tensor checked(long[] shape, float[] data) {
        long expected = 1;
        for (long axis : shape) {
            if (axis < 0) {
                throw new IllegalArgumentException(
                        "axis " + axis + " of " + Arrays.toString(shape) + " must not be negative");
            }
            expected = axis != 0 && expected > Long.MAX_VALUE / axis ? Long.MAX_VALUE : expected * axis;
        }
        if (expected != data.length) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " holds " + expected
                    + " values, not " + data.length);
        }
        return new Tensor(shape, data);
    }

    /** Without copies and checks, for arrays that nobody else changes while the tensor is in use. */
    public static Tensor adopt(long[] shape, float[] data) {
        return new Tensor(shape, data);
    }

    /** Not a copy. */
    long[] axes() {
        return shape;
    }

    void copyTo(FloatBuffer target) {
        target.put(0, data);
    }

    /** A copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public int size() {
        return data.length;
    }

    public float get(int index) {
        return data[index];
    }

    /** A copy. */
    public float[] toArray() {
        return data.clone();
    }

    /** A read-only view without a copy. */
    public FloatBuffer view() {
        return FloatBuffer.wrap(data).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
