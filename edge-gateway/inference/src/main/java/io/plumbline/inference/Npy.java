package io.plumbline.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * NumPy's {@code .npy} files of little-endian float32 in C order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy format 1.0 to 3.0</a>
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(\\w+),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /** @throws IllegalArgumentException if the bytes are anything else; the message says what */
    public static Tensor read(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 10 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
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
        if (!fields.group(1).equals("<f4") || !fields.group(2).equals("False")) {
            throw new IllegalArgumentException(".npy must hold little-endian float32 in C order, not '"
                    + fields.group(1) + "', fortran_order " + fields.group(2));
        }
        return tensor(in, shape(fields.group(3)));
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

    private static Tensor tensor(ByteBuffer in, long[] shape) {
        if (in.remaining() % Float.BYTES != 0) {
            throw new IllegalArgumentException(".npy data of " + in.remaining() + " bytes is cut off");
        }
        var floats = in.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var data = new float[floats.remaining()];
        floats.get(data);
        return Tensor.of(shape, data);
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
