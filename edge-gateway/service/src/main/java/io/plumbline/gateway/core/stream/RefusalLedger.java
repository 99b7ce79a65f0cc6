package io.plumbline.gateway.core.stream;

import io.plumbline.gateway.core.outbox.RefusalTrace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a refused message that the broker sends again from one that really was sent twice. A refused payload has no
 * identity of its own, but MQTT gives it one while it is unacknowledged: the broker sends it again with the DUP flag and its
 * original packet identifier, and gives that identifier to another message only after it has seen the acknowledgement. Not
 * thread-safe.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Message_delivery_retry">MQTT 5, 4.4</a>
 */
public final class RefusalLedger {

    /** Content hashes of refused messages by packet identifier, while the broker may still send them again. */
    private final Map<Integer, Long> byPacket = new LinkedHashMap<>();

    /** Whether this message is the one that was refused before under the same packet identifier. */
    public boolean isRepeated(boolean dup, RefusalTrace message) {
        var content = byPacket.get(message.packet());
        return dup && content != null && content == message.content();
    }

    /** A message was refused and is in the outbox. */
    public void refused(RefusalTrace message) {
        if (message.packet() != 0) {
            byPacket.put(message.packet(), message.content());
        }
    }

    /** The packet identifier now belongs to another message, so the one before was acknowledged. */
    public void reused(int packet) {
        byPacket.remove(packet);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(byPacket.size());
        for (var entry : byPacket.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    static RefusalLedger read(DataInputStream in) throws IOException {
        var ledger = new RefusalLedger();
        var size = in.readInt();
        for (int i = 0; i < size; i++) {
            ledger.byPacket.put(in.readInt(), in.readLong());
        }
        return ledger;
    }
}
