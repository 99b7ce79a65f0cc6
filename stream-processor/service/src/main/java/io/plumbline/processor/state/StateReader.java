package io.plumbline.processor.state;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what a {@link StateWriter} wrote. Bytes that end too early, go on too long or cannot be are a {@link MalformedMessageException}. Not
 * thread-safe.
 */
final class StateReader {

    private static final int HASH_BYTES = 32;
    private static final int BYTE = 0xff;
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;
    private static final long NANOS = 1_000_000_000;

    private final String type;
    private final byte[] bytes;
    private int at;

    /** @param type for error messages */
    StateReader(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    void expectVersion(int known) {
        var version = octet();
        if (version != known) {
            throw malformed(
                    "has version " + version + ", which this processor does not know; it knows " + known + " and JSON");
        }
    }

    void expectEnd() {
        if (at != bytes.length) {
            throw malformed("goes on for " + (bytes.length - at) + " bytes after its end");
        }
    }

    int octet() {
        require(1);
        return bytes[at++] & BYTE;
    }

    long number() {
        var value = 0L;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            var next = octet();
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("has a number without an end at byte " + at);
    }

    /** A number that fits an int. */
    int small() {
        var value = number();
        if (value != (int) value) {
            throw malformed("has a number " + value + " that is too large");
        }
        return (int) value;
    }

    double real() {
        require(Long.BYTES);
        var value = ByteBuffer.wrap(bytes, at, Long.BYTES).getDouble();
        at += Long.BYTES;
        return value;
    }

    String text() {
        var length = length();
        try {
            var text = isAscii(length)
                    ? new String(bytes, at, length, StandardCharsets.ISO_8859_1)
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, at, length))
                            .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException(type + " has a text that is not UTF-8 at byte " + at, e);
        }
    }

    Digest digest() {
        require(HASH_BYTES);
        var hash = Arrays.copyOfRange(bytes, at, at + HASH_BYTES);
        at += HASH_BYTES;
        return Digest.ofHash(hash);
    }

    Instant moment() {
        var second = number();
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw malformed("has a moment " + second + " s from 1970 that cannot be");
        }
        return Instant.ofEpochSecond(second, nanos());
    }

    Duration duration() {
        return Duration.ofSeconds(number(), nanos());
    }

    private long nanos() {
        var nanos = number();
        if (nanos < 0 || nanos >= NANOS) {
            throw malformed("has " + nanos + " nanoseconds in a second");
        }
        return nanos;
    }

    Counts counts() {
        var values = new long[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        return new Counts(values);
    }

    <T> List<T> list(Function<StateReader, T> one) {
        var size = length();
        List<T> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(one.apply(this));
        }
        return all;
    }

    /** Of something of which each takes a byte at least, so that nothing larger than the bytes is made of them. */
    private int length() {
        var length = number();
        if (length < 0 || length > bytes.length - at) {
            throw malformed("says " + length + " at byte " + at + " and has " + (bytes.length - at) + " more");
        }
        return (int) length;
    }

    private boolean isAscii(int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void require(int more) {
        if (bytes.length - at < more) {
            throw malformed("ends after " + bytes.length + " bytes");
        }
    }

    private MalformedMessageException malformed(String why) {
        return new MalformedMessageException(type + " " + why);
    }
}
