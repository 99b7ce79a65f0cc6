package io.plumbline.contract.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads Protocol Buffers fields one after the other. Unknown fields are skipped, so that old readers survive new
 * writers. Not thread-safe.
 *
 * <pre>{@code
 * while (in.next()) {
 *     switch (in.field()) {
 *         case 1 -> device = in.text();
 *         default -> in.skip();
 *     }
 * }
 * }</pre>
 */
public final class FieldReader {

    private final String type;
    private final CodedInputStream in;
    private int tag;

    /** @param type the message's name, for error messages */
    public FieldReader(String type, byte[] bytes) {
        this.type = type;
        this.in = CodedInputStream.newInstance(bytes);
    }

    /** Moves to the next field; false at the end. */
    public boolean next() {
        tag = read(in::readTag);
        return tag != 0;
    }

    public int field() {
        return WireFormat.getTagFieldNumber(tag);
    }

    public String text() {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return read(in::readStringRequireUtf8);
    }

    public long count() {
        expect(WireFormat.WIRETYPE_VARINT);
        return read(in::readUInt64);
    }

    public double real() {
        expect(WireFormat.WIRETYPE_FIXED64);
        return read(in::readDouble);
    }

    public Counts counts() {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return read(() -> {
            var packed = CodedInputStream.newInstance(in.readByteArray());
            var values = java.util.stream.LongStream.builder();
            while (!packed.isAtEnd()) {
                values.add(packed.readUInt64());
            }
            return new Counts(values.build().toArray());
        });
    }

    public <T> T message(String innerType, Function<FieldReader, T> body) {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return body.apply(new FieldReader(innerType, read(in::readByteArray)));
    }

    public void skip() {
        if (!read(() -> in.skipField(tag))) {
            throw new MalformedMessageException(type + " ends inside a group");
        }
    }

    private void expect(int wireType) {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw new MalformedMessageException(type + " field " + field() + " has wire type "
                    + WireFormat.getTagWireType(tag) + ", expected " + wireType);
        }
    }

    private interface Read<T> {
        T run() throws IOException;
    }

    private <T> T read(Read<T> read) {
        try {
            return read.run();
        } catch (IOException e) {
            throw new MalformedMessageException(type + " is malformed: " + e.getMessage(), e);
        }
    }
}
