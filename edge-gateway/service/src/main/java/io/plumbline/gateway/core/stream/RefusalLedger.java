package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.outbox.RefusalTrace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells a refused message that the broker sends again from one that really was sent twice. A refused payload has no
 * identity of its own, but MQTT gives it one while it is unacknowledged: after a reconnection, and at no other time, the
 * broker sends it again under its original packet identifier; and it gives that identifier to another message only after it
 * has seen the acknowledgement. So the same content under the same identifier on another connection is the same message.
 * (MQTT's DUP flag would say it too, but Paho 1.2.5 does not hand it on.) Of a message that several streams take, each may
 * have refused it. Not thread-safe.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Message_delivery_retry">MQTT 5, 4.4</a>
 */
public final class RefusalLedger {

    /** Connection of what was refused before this process began. */
    private static final long BEFORE = -1;

    private final Map<Integer, Entry> byPacket = new LinkedHashMap<>();

    private record Entry(long content, long connection, Set<StreamId> streams) {}

    /**
     * A message came. It is the only one under its packet identifier from here on.
     *
     * @param connection number of the connection it came on, at least 0
     * @return the streams that refused this very message when it came before
     */
    public Set<StreamId> arrived(RefusalTrace message, long connection) {
        var entry = byPacket.get(message.packet());
        if (entry == null) {
            return Set.of();
        }
        if (entry.connection == connection || entry.content != message.content()) {
            reused(message.packet());
            return Set.of();
        }
        byPacket.put(message.packet(), new Entry(entry.content, connection, entry.streams));
        return Set.copyOf(entry.streams);
    }

    /** A stream refused a message. */
    public void refused(RefusalTrace message, StreamId stream, long connection) {
        if (message.packet() == 0) {
            return;
        }
        var entry = byPacket.get(message.packet());
        if (entry == null || entry.content != message.content() || entry.streams.contains(stream)) {
            entry = new Entry(message.content(), connection, new TreeSet<>());
            byPacket.put(message.packet(), entry);
        }
        entry.streams.add(stream);
    }

    /** A stream refused a message before this process began. */
    void refusedBefore(RefusalTrace message, StreamId stream) {
        refused(message, stream, BEFORE);
    }

    /** The packet identifier may belong to another message by now, and then the one before was acknowledged. */
    void reused(int packet) {
        byPacket.remove(packet);
    }

    /** Number of packets (i32), and of each its identifier (i32), content (i64), number of streams (i32) and their names. */
    void write(DataOutputStream out) throws IOException {
        out.writeInt(byPacket.size());
        for (var entry : byPacket.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeLong(entry.getValue().content);
            out.writeInt(entry.getValue().streams.size());
            for (var stream : entry.getValue().streams) {
                out.writeUTF(stream.value());
            }
        }
    }

    /** @param named whether streams are named; refusals of nobody knows whom are forgotten */
    static RefusalLedger read(DataInputStream in, boolean named) throws IOException {
        var ledger = new RefusalLedger();
        var size = in.readInt();
        for (int i = 0; i < size; i++) {
            var message = new RefusalTrace(in.readInt(), in.readLong());
            var streams = named ? in.readInt() : 0;
            for (int j = 0; j < streams; j++) {
                ledger.refusedBefore(message, new StreamId(in.readUTF()));
            }
        }
        return ledger;
    }
}
