package io.plumbline.contract.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes Protocol Buffers fields in the order of the calls; default values (0, empty) are left out as in proto3. Not
 * thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers encoding</a>
 */
public final class FieldWriter {

    /** A result of a sensor is about 350 bytes long. */
    private static final int USUAL = 512;
    /** A prediction. */
    private static final int EMBEDDED = 64;

    private byte[] bytes;
    /** Of what was written before the array grew last. */
    private int kept;

    private CodedOutputStream out;

    public FieldWriter() {
        this(USUAL);
    }

    private FieldWriter(int size) {
        bytes = new byte[size];
        out = CodedOutputStream.newInstance(bytes);
    }

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
        var inner = new FieldWriter(EMBEDDED);
        body.accept(inner, value);
        write(() -> out.writeByteArray(field, inner.bytes, 0, inner.size()));
    }

    public <T> void messages(int field, List<T> values, BiConsumer<FieldWriter, T> body) {
        values.forEach(value -> message(field, value, body));
    }

    /** All that was written so far. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size());
    }

    private int size() {
        return kept + out.getTotalBytesWritten();
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        var before = size();
        while (true) {
            try {
                write.run();
                return;
            } catch (CodedOutputStream.OutOfSpaceException e) {
                grow(before);
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory cannot fail; that it did is a bug", e);
            }
        }
    }

    /** What was written of a field that did not fit is written again. */
    private void grow(int whole) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        kept = whole;
        out = CodedOutputStream.newInstance(bytes, whole, bytes.length - whole);
    }
}
