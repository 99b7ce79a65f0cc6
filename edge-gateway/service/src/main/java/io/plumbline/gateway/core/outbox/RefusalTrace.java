package io.plumbline.gateway.core.outbox;

import io.plumbline.contract.wire.MalformedMessageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a gateway must remember of a refused message, to know it again should the broker send it once more.
 *
 * <pre>
 *  offset 0          2                 10
 *         +----------+-----------------+
 *         | packet   | content         |
 *         | u16      | i64             |
 *         +----------+-----------------+
 * </pre>
 *
 * @param packet MQTT packet identifier it came with; 0 for none
 * @param content hash of topic and payload
 */
public record RefusalTrace(int packet, long content) {

    private static final int UNSIGNED_SHORT = 0xFFFF;

    public byte[] toBytes() {
        return ByteBuffer.allocate(10).putShort((short) packet).putLong(content).array();
    }

    /** @throws MalformedMessageException if the bytes are not such a trace */
    public static RefusalTrace from(byte[] bytes) {
        try {
            var in = ByteBuffer.wrap(bytes);
            return new RefusalTrace(in.getShort() & UNSIGNED_SHORT, in.getLong());
        } catch (BufferUnderflowException e) {
            throw new MalformedMessageException("trace of a dead letter ends too early", e);
        }
    }
}
