package io.plumbline.quantizer.arithmetic;

/**
 * A weight [rows, columns] in blocks of rows of one column, unsigned levels of 4 or 8 bits, packed as MatMulNBits reads them:
 * column after column, the first value of a pair in the low four bits. Immutable.
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBits">
 *     MatMulNBits</a>
 */
public final class BlockWeights {

    private final byte[] values;
    private final float[] scales;
    private final byte[] zeroPoints;

    private BlockWeights(byte[] values, float[] scales, byte[] zeroPoints) {
        this.values = values;
        this.scales = scales;
        this.zeroPoints = zeroPoints;
    }

    /**
     * How a weight is cut and rounded.
     *
     * @param bits 4 or 8
     * @param size rows per block, even
     * @param symmetric whether zero is the middle level; else each block has its own zero point
     */
    public record Form(int bits, int size, boolean symmetric) {

        int top() {
            return (1 << bits) - 1;
        }

        int middle() {
            return 1 << (bits - 1);
        }

        /** Blocks of one column. */
        public int blocks(int rows) {
            return (int) (((long) rows + size - 1) / size);
        }

        /** Bytes of one block. */
        public int blockBytes() {
            return size * bits / 8;
        }

        /** Bytes of one column's zero points. */
        public int zeroPointBytes(int rows) {
            return (blocks(rows) * bits + 7) / 8;
        }
    }

    /**
     * @param weight rows * columns values, row-major, or column after column if {@code transposed}
     * @throws IllegalArgumentException if a value is not finite
     * @throws ArithmeticException if the packed weight would not fit an array
     */
    public static BlockWeights of(float[] weight, int rows, boolean transposed, Form form) {
        var columns = weight.length / rows;
        var blocks = form.blocks(rows);
        var packed = new BlockWeights(
                new byte[Math.multiplyExact(Math.multiplyExact(columns, blocks), form.blockBytes())],
                new float[columns * blocks],
                new byte[columns * form.zeroPointBytes(rows)]);
        var column = new float[rows];
        for (int i = 0; i < columns; i++) {
            for (int row = 0; row < rows; row++) {
                column[row] = weight[transposed ? i * rows + row : row * columns + i];
                if (!Float.isFinite(column[row])) {
                    throw new IllegalArgumentException("row " + row + ", column " + i + " is " + column[row]);
                }
            }
            for (int block = 0; block < blocks; block++) {
                packed.quantize(column, i, block, form);
            }
        }
        return packed;
    }

    private void quantize(float[] column, int index, int block, Form form) {
        var from = block * form.size;
        var to = (int) Math.min((long) from + form.size, column.length);
        float min = 0;
        float max = 0;
        for (int row = from; row < to; row++) {
            min = Math.min(min, column[row]);
            max = Math.max(max, column[row]);
        }
        var scale = form.symmetric
                ? Math.abs(max) > Math.abs(min) ? max / -form.middle() : min / -form.middle()
                : (max - min) / form.top();
        var inverse = scale == 0 ? 0 : 1 / scale;
        var zero = form.symmetric ? form.middle() : clip(scale == 0 ? 0 : -min / scale, form);
        var first = (index * form.blocks(column.length) + block);
        scales[first] = scale;
        put(zeroPoints, index * form.zeroPointBytes(column.length), block, zero, form);
        for (int row = from; row < to; row++) {
            put(values, first * form.blockBytes(), row - from, clip(column[row] * inverse + zero, form), form);
        }
    }

    /** Half away from zero, which for levels is half up. */
    private static int clip(float level, Form form) {
        return Math.max(0, Math.min(form.top(), (int) Math.floor(level + 0.5)));
    }

    private static void put(byte[] target, int start, int index, int level, Form form) {
        if (form.bits == 8) {
            target[start + index] = (byte) level;
        } else {
            target[start + index / 2] |= (byte) (level << (index % 2 * 4));
        }
    }

    /** A copy, [columns, blocks, bytes of a block]. */
    public byte[] values() {
        return values.clone();
    }

    /** A copy, [columns, blocks]; a symmetric one may be negative: the larger end is then the top level's. */
    public float[] scales() {
        return scales.clone();
    }

    /** A copy, [columns, bytes of a column's zero points]. */
    public byte[] zeroPoints() {
        return zeroPoints.clone();
    }
}
