package io.plumbline.gateway.core.reading;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Sparkplug device said of itself at birth, and afterwards says no more: names for the numbers of its metrics, and their
 * types. Only of metrics that a model asks for. Not thread-safe.
 */
public final class BirthCertificate {

    /** More metrics than any model has features; the numbers that were given first leave. */
    private static final int MOST = 1024;

    private final TreeMap<Long, String> names = new TreeMap<>();
    private final TreeMap<String, Integer> types = new TreeMap<>();
    private boolean changed;

    void name(long alias, String metric) {
        changed |= !metric.equals(names.put(alias, metric));
        if (names.size() > MOST) {
            names.pollFirstEntry();
        }
    }

    /** @param type number of the Sparkplug data type */
    void type(String metric, int type) {
        changed |= !Integer.valueOf(type).equals(types.put(metric, type));
        if (types.size() > MOST) {
            types.pollFirstEntry();
        }
    }

    Optional<String> name(long alias) {
        return Optional.ofNullable(names.get(alias));
    }

    /** Number of the Sparkplug data type; 0 if it was never said. */
    int type(String metric) {
        return types.getOrDefault(metric, 0);
    }

    /** Whether no number has a name. */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether it says anything new since the last call, or since it was read. */
    public boolean takeChange() {
        var change = changed;
        changed = false;
        return change;
    }

    /** Number of names (i32), number and name of each (i64, text); number of types (i32), name and type of each (text, i32). */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (var name : names.entrySet()) {
            out.writeLong(name.getKey());
            out.writeUTF(name.getValue());
        }
        out.writeInt(types.size());
        for (var type : types.entrySet()) {
            out.writeUTF(type.getKey());
            out.writeInt(type.getValue());
        }
    }

    /** Becomes what was written. */
    public void read(DataInputStream in) throws IOException {
        names.clear();
        types.clear();
        for (int left = in.readInt(); left > 0; left--) {
            name(in.readLong(), in.readUTF());
        }
        for (int left = in.readInt(); left > 0; left--) {
            type(in.readUTF(), in.readInt());
        }
        changed = false;
    }
}
