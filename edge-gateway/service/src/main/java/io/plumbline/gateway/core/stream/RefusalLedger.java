package io.plumbline.gateway.core.stream;

import io.plumbline.gateway.core.outbox.RefusalTrace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a refused message that the broker sends again from one that really was sent twice. A refused payload has no
 * identity of its own, but MQTT gives it one while it is unacknowledged: after a reconnection, and at no other time, the
 * broker sends it again under its original packet identifier; and it gives that identifier to another message only after it
 * has seen the acknowledgement. So the same content under the same identifier on another connection is the same message.
 * (MQTT's DUP flag would say it too, but Paho 1.2.5 does not hand it on.) Not thread-safe.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Message_delivery_retry">MQTT 5, 4.4</a>
 */
public final class RefusalLedger {

    /** Connection of what was refused before this process began. */
    private static final long BEFORE = -1;

    private final Map<Integer, Entry> byPacket = new LinkedHashMap<>();

    private record Entry(long content, long connection) {}

    /**
     * Whether this message is the one that was refused before; from then on it counts as taken on this connection.
     *
     * @param connection number of the connection it came on, at least 0
     */
    public boolean isRepeated(RefusalTrace message, long connection) {
        var entry = byPacket.get(message.packet());
        if (entry == null || entry.connection == connection || entry.content != message.content()) {
            return false;
        }
        byPacket.put(message.packet(), new Entry(entry.content, connection));
        return true;
    }

    /** A message was refused and is in the outbox. */
    public void refused(RefusalTrace message, long connection) {
        if (message.packet() != 0) {
            byPacket.put(message.packet(), new Entry(message.content(), connection));
        }
    }

    /** A message was refused before this process began. */
    void refusedBefore(RefusalTrace message) {
        refused(message, BEFORE);
    }

    /** The packet identifier now belongs to another message, so the one before was acknowledged. */
    public void reused(int packet) {
        byPacket.remove(packet);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(byPacket.size());
        for (var entry : byPacket.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeLong(entry.getValue().content);
        }
    }

    static RefusalLedger read(DataInputStream in) throws IOException {
        var ledger = new RefusalLedger();
        var size = in.readInt();
        for (int i = 0; i < size; i++) {
            ledger.byPacket.put(in.readInt(), new Entry(in.readLong(), BEFORE));
        }
        return ledger;
    }
}
