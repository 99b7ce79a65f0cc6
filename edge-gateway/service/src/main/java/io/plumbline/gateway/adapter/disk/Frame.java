package io.plumbline.gateway.adapter.disk;

import io.plumbline.gateway.core.outbox.OutboxRecord;
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

    private static final int CHECKSUM_AT = 5;
    /** No record is longer; a larger length is damage. */
    static final int MAX_BODY_BYTES = 64 << 20;

    private static final byte VERSION = 1;

    private Frame() {}

    /** A body framed, ready to be written. */
    static ByteBuffer of(byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(VERSION)
                .putInt(body.length)
                .putInt(checksum(body))
                .put(body)
                .flip();
    }

    /** Frames what is appended together, without garbage where it is as small as usual. For one thread. */
    static final class Writer {

        private static final int USUAL_BYTES = 128 << 10;

        private final ByteBuffer usual = ByteBuffer.allocateDirect(USUAL_BYTES);
        private final CRC32C crc = new CRC32C();

        /** All records framed, one after the other, ready to be written before the next call. */
        ByteBuffer of(List<OutboxRecord> records) {
            var size = 0;
            for (var record : records) {
                size = Math.addExact(size, HEADER_BYTES + record.size());
            }
            var out = size <= USUAL_BYTES ? usual.clear() : ByteBuffer.allocate(size);
            records.forEach(record -> put(record, out));
            return out.flip();
        }

        private void put(OutboxRecord record, ByteBuffer out) {
            var start = out.position();
            out.put(VERSION).putInt(record.size()).putInt(0);
            record.writeTo(out);
            var end = out.position();
            crc.reset();
            crc.update(out.limit(start + CHECKSUM_AT).position(start));
            crc.update(out.limit(end).position(start + HEADER_BYTES));
            out.limit(out.capacity()).putInt(start + CHECKSUM_AT, (int) crc.getValue());
        }
    }

    /** Length of the body that this header announces, or -1 when it is not a header of ours. */
    static int bodyLength(ByteBuffer header) {
        var length = header.getInt(1);
        return header.get(0) == VERSION && length >= 0 && length <= MAX_BODY_BYTES ? length : -1;
    }

    static boolean isIntact(ByteBuffer header, byte[] body) {
        return header.getInt(CHECKSUM_AT) == checksum(body);
    }

    private static int checksum(byte[] body) {
        var crc = new CRC32C();
        crc.update(VERSION);
        crc.update(ByteBuffer.allocate(4).putInt(body.length).flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
