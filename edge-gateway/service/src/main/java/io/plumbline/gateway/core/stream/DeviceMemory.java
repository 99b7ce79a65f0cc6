package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.EventId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The last readings of one device: their values, and their identities. Not thread-safe. */
public final class DeviceMemory {

    /**
     * Identities kept per device. A broker sends again only what it has no acknowledgement for, and that is bounded by
     * the Receive Maximum of the connection; the rest is margin for a broker that was restored from an older state.
     */
    public static final int IDENTITIES = 1024;

    /** Readings kept per device at most, whatever the window. */
    static final int READINGS = 1024;

    private final ArrayDeque<float[]> values = new ArrayDeque<>();
    private final LinkedHashSet<EventId> identities = new LinkedHashSet<>();

    /** Whether this very reading was taken before. */
    public boolean knows(EventId event) {
        return identities.contains(event);
    }

    /**
     * Takes a reading.
     *
     * @param reading its values; not copied
     * @param window how many readings are worth keeping
     */
    public void take(EventId event, float[] reading, int window) {
        identities.add(event);
        if (identities.size() > IDENTITIES) {
            var oldest = identities.iterator();
            oldest.next();
            oldest.remove();
        }
        values.addLast(reading);
        while (values.size() > Math.min(window, READINGS)) {
            values.removeFirst();
        }
    }

    /** The newest readings, oldest first: at most the window. */
    public List<float[]> recent() {
        return new ArrayList<>(values);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(values.size());
        for (var reading : values) {
            out.writeInt(reading.length);
            for (float value : reading) {
                out.writeFloat(value);
            }
        }
        out.writeInt(identities.size());
        for (var identity : identities) {
            out.writeUTF(identity.value());
        }
    }

    static DeviceMemory read(DataInputStream in) throws IOException {
        var memory = new DeviceMemory();
        var readings = in.readInt();
        for (int i = 0; i < readings; i++) {
            var reading = new float[in.readInt()];
            for (int j = 0; j < reading.length; j++) {
                reading[j] = in.readFloat();
            }
            memory.values.addLast(reading);
        }
        var identities = in.readInt();
        for (int i = 0; i < identities; i++) {
            memory.identities.add(new EventId(in.readUTF()));
        }
        return memory;
    }
}
