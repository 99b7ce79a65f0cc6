package io.plumbline.inference;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy} files in C order: written as little-endian float32, read from any little-endian number type, as
 * float32.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy format 1.0 to 3.0</a>
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(\\w+),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final int ALIGNMENT = 64;

    private static final Map<String, ElementType> TYPES = Map.of(
            "<f4", ElementType.FLOAT32,
            "<f8", ElementType.FLOAT64,
            "<i8", ElementType.INT64,
            "<i4", ElementType.INT32,
            "|i1", ElementType.INT8,
            "|u1", ElementType.UINT8,
            "|b1", ElementType.BOOL);

    private Npy() {}

    /** @throws IllegalArgumentException if the bytes are anything else; the message says what */
    public static Tensor read(byte[] file) {
        var array = open(ByteBuffer.wrap(file));
        return Tensor.checked(array.shape, array.values(0, array.count()));
    }

    /**
     * The rows of an array that stays in its file, which is mapped and nobody may change.
     *
     * @throws IllegalArgumentException if it is anything else, or larger than 2 GB
     */
    public static Tensor.Rows rows(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(".npy of " + channel.size() + " bytes is larger than 2 GB");
            }
            var array = open(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            if (array.shape.length == 0) {
                throw new IllegalArgumentException("a single number has no rows");
            }
            array.requireWhole();
            var each = array.shape[0] == 0 ? 0 : (int) (array.count() / array.shape[0]);
            return new Tensor.Rows(array.shape, row -> array.values(row * each, each));
        }
    }

    /** Where the numbers are. */
    private static final class Array {
        private final long[] shape;
        private final ElementType type;
        private final ByteBuffer numbers;

        private Array(long[] shape, ElementType type, ByteBuffer numbers) {
            this.shape = shape;
            this.type = type;
            this.numbers = numbers;
        }

        private int count() {
            return numbers.capacity() / type.bytes();
        }

        private void requireWhole() {
            var expected = BigInteger.ONE;
            for (long axis : shape) {
                expected = expected.multiply(BigInteger.valueOf(axis));
            }
            if (!expected.equals(BigInteger.valueOf(count()))) {
                throw new IllegalArgumentException(
                        ".npy of shape " + Arrays.toString(shape) + " holds " + expected + " values, not " + count());
            }
        }

        private float[] values(int from, int count) {
            var data = new float[count];
            for (int i = 0; i < count; i++) {
                data[i] = type.get(numbers, from + i);
            }
            return data;
        }
    }

    private static Array open(ByteBuffer file) {
        var in = file.order(ByteOrder.LITTLE_ENDIAN);
        var magic = new byte[MAGIC.length];
        in.get(0, magic, 0, Math.min(magic.length, in.remaining()));
        if (in.remaining() < 10 || !Arrays.equals(magic, MAGIC)) {
            throw new IllegalArgumentException("not an .npy file");
        }
        in.position(MAGIC.length);
        var major = in.get();
        in.get();
        if (major < 1 || major > 3 || in.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException(".npy version " + major + " is not known, or the header is cut off");
        }
        var length = major == 1 ? Short.toUnsignedInt(in.getShort()) : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(".npy header is cut off");
        }
        var header = new byte[length];
        in.get(header);
        var fields = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!fields.matches()) {
            throw new IllegalArgumentException(".npy header is not understood");
        }
        var type = TYPES.get(fields.group(1));
        if (type == null || !fields.group(2).equals("False")) {
            throw new IllegalArgumentException(".npy must hold little-endian numbers in C order, not '"
                    + fields.group(1) + "', fortran_order " + fields.group(2));
        }
        return array(in, shape(fields.group(3)), type);
    }

    private static long[] shape(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(String::trim)
                    .filter(axis -> !axis.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(".npy shape (" + text + ") is not understood", e);
        }
    }

    private static Array array(ByteBuffer in, long[] shape, ElementType type) {
        if (in.remaining() % type.bytes() != 0) {
            throw new IllegalArgumentException(".npy data of " + in.remaining() + " bytes is cut off");
        }
        return new Array(shape, type, in.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * As {@code numpy.save} does, version 1.0.
     *
     * @throws ArithmeticException if the file would be larger than an array can be
     */
    public static byte[] write(Tensor tensor) {
        var shape = Arrays.stream(tensor.shape()).mapToObj(axis -> axis + ",").collect(Collectors.joining(" "));
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        var prefix = MAGIC.length + 4;
        var padding = ALIGNMENT - (prefix + text.length() + 1) % ALIGNMENT;
        var header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        var out = ByteBuffer.allocate(Math.toIntExact(prefix + header.length + (long) tensor.size() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) header.length)
                .put(header);
        out.asFloatBuffer().put(tensor.view());
        return out.array();
    }
}
