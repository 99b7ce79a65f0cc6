package io.plumbline.gateway.adapter.disk;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How a record lies in a segment. Numbers are big-endian.
 *
 * <pre>
 *  offset 0         1            5            9            9 + n
 *         +---------+------------+------------+------------+
 *         | version | length n   | checksum   | body       |
 *         | 1       | u31        | CRC32C     | n bytes    |
 *         +---------+------------+------------+------------+
 * </pre>
 *
 * The checksum covers version, length and body, so that zeros that a file system appended are not a record.
 */
final class Frame {

    static final int HEADER_BYTES = 9;
    /** No record is longer; a larger length is damage. */
    static final int MAX_BODY_BYTES = 64 << 20;

    private static final byte VERSION = 1;

    private Frame() {}

    /** All bodies framed, one after the other, ready to be written. */
    static ByteBuffer of(List<byte[]> bodies) {
        var size = bodies.stream().mapToInt(body -> HEADER_BYTES + body.length).sum();
        var out = ByteBuffer.allocate(size);
        for (var body : bodies) {
            out.put(VERSION);
            out.putInt(body.length);
            out.putInt(checksum(body));
            out.put(body);
        }
        return out.flip();
    }

    /** Length of the body that this header announces, or -1 when it is not a header of ours. */
    static int bodyLength(ByteBuffer header) {
        var length = header.getInt(1);
        return header.get(0) == VERSION && length >= 0 && length <= MAX_BODY_BYTES ? length : -1;
    }

    static boolean isIntact(ByteBuffer header, byte[] body) {
        return header.getInt(5) == checksum(body);
    }

    private static int checksum(byte[] body) {
        var crc = new CRC32C();
        crc.update(VERSION);
        crc.update(ByteBuffer.allocate(4).putInt(body.length).flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
