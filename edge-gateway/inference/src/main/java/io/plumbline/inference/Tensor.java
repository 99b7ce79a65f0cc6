package io.plumbline.inference;

import java.nio.FloatBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

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

    /**
     * One tensor of several of the same shape, one after the other along the first axis, which is 1 in each.
     *
     * @param parts at least one
     */
    public static Tensor stacked(List<Tensor> parts) {
        var first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        var shape = first.shape();
        shape[0] = parts.size();
        var size = first.data.length;
        var data = new float[Math.multiplyExact(parts.size(), size)];
        for (int i = 0; i < parts.size(); i++) {
            if (!Arrays.equals(parts.get(i).shape, first.shape)) {
                throw new IllegalArgumentException(parts.get(i) + " cannot be stacked on " + first);
            }
            System.arraycopy(parts.get(i).data, 0, data, i * size, size);
        }
        return new Tensor(shape, data);
    }

    /** The values of so many equal parts along the first axis. */
    public List<float[]> split(int parts) {
        var size = data.length / parts;
        var split = new ArrayList<float[]>(parts);
        for (int i = 0; i < parts; i++) {
            split.add(Arrays.copyOfRange(data, i * size, (i + 1) * size));
        }
        return split;
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

    /** The rows along the first axis. */
    public Rows rows() {
        if (shape.length == 0) {
            throw new IllegalStateException("a single number has no rows");
        }
        return new Rows(shape, row -> {
            var size = (int) (data.length / shape[0]);
            return Arrays.copyOfRange(data, row * size, (row + 1) * size);
        });
    }

    /**
     * The rows of an array along its first axis, each a tensor with a first axis of 1: inputs of a model, one by one. A row is made when it
     * is asked for, so that an array that lies in a file is never in memory as a whole. Immutable.
     */
    public static final class Rows extends AbstractList<Tensor> {

        private final long[] shape;
        private final int count;
        private final IntFunction<float[]> row;

        /**
         * @param shape of the whole array, not empty
         * @param row the values of one row
         */
        Rows(long[] shape, IntFunction<float[]> row) {
            this.shape = shape;
            this.count = Math.toIntExact(shape[0]);
            this.row = row;
        }

        /** Of the whole array; a copy. */
        public long[] shape() {
            return shape.clone();
        }

        /** Whether a row has this shape but for its first axis. */
        public boolean fit(long[] input) {
            return shape.length == input.length && Arrays.equals(shape, 1, shape.length, input, 1, input.length);
        }

        @Override
        public Tensor get(int index) {
            if (index < 0 || index >= count) {
                throw new IndexOutOfBoundsException("row " + index + " of " + count);
            }
            var one = shape.clone();
            one[0] = 1;
            return new Tensor(one, row.apply(index));
        }

        @Override
        public int size() {
            return count;
        }
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
