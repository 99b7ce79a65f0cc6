package io.plumbline.contract.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes Protocol Buffers fields in the order of the calls; default values (0, empty) are left out as in proto3. Not
 * thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers encoding</a>
 */
public final class FieldWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);

    public void text(int field, String value) {
        if (!value.isEmpty()) {
            write(() -> out.writeString(field, value));
        }
    }

    /** A {@code uint64}; values are counts or times and never negative. */
    public void count(int field, long value) {
        if (value != 0) {
            write(() -> out.writeUInt64(field, value));
        }
    }

    public void real(int field, double value) {
        if (Double.doubleToRawLongBits(value) != 0) {
            write(() -> out.writeDouble(field, value));
        }
    }

    /** A packed {@code repeated uint64}. */
    public void counts(int field, Counts values) {
        if (values.size() == 0) {
            return;
        }
        write(() -> {
            var length = 0;
            for (int i = 0; i < values.size(); i++) {
                length += CodedOutputStream.computeUInt64SizeNoTag(values.get(i));
            }
            out.writeTag(field, com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            for (int i = 0; i < values.size(); i++) {
                out.writeUInt64NoTag(values.get(i));
            }
        });
    }

    /** An embedded message, written even when all its fields are defaults. */
    public <T> void message(int field, T value, BiConsumer<FieldWriter, T> body) {
        var inner = new FieldWriter();
        body.accept(inner, value);
        write(() -> out.writeByteArray(field, inner.toBytes()));
    }

    public <T> void messages(int field, List<T> values, BiConsumer<FieldWriter, T> body) {
        values.forEach(value -> message(field, value, body));
    }

    /** All that was written so far. */
    public byte[] toBytes() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail; that it did is a bug", e);
        }
    }
}
