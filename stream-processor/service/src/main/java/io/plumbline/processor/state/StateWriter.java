package io.plumbline.processor.state;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Counts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes fields one after the other, without names: their order is the layout. Not thread-safe. */
final class StateWriter {

    private static final int USUAL = 192;
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private byte[] bytes = new byte[USUAL];
    private int size;

    StateWriter(int version) {
        octet(version);
    }

    /** In [0, 255]. */
    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Any number; small ones, of either sign, are short. */
    void number(long value) {
        room(Long.BYTES + 2);
        var rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes[size++] = (byte) ((rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void real(double value) {
        room(Long.BYTES);
        var bits = Double.doubleToRawLongBits(value);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (bits >>> shift);
        }
    }

    void text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        raw(utf8);
    }

    void digest(Digest value) {
        raw(HexFormat.of().parseHex(value.hex()));
    }

    void moment(Instant value) {
        number(value.getEpochSecond());
        number(value.getNano());
    }

    void duration(Duration value) {
        number(value.getSeconds());
        number(value.getNano());
    }

    void counts(Counts values) {
        number(values.size());
        for (int i = 0; i < values.size(); i++) {
            number(values.get(i));
        }
    }

    private void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
