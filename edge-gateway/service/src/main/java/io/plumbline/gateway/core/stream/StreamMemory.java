package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stats.StatsWindows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What is remembered of one stream. Not thread-safe. */
public final class StreamMemory {

    private final Map<DeviceId, DeviceMemory> devices = new TreeMap<>();
    private final StatsWindows stats;

    StreamMemory(StatsRules rules) {
        this.stats = new StatsWindows(rules);
    }

    public DeviceMemory device(DeviceId device) {
        return devices.computeIfAbsent(device, d -> new DeviceMemory());
    }

    public StatsWindows stats() {
        return stats;
    }

    void write(DataOutputStream out) throws IOException {
        stats.write(out);
        out.writeInt(devices.size());
        for (var entry : devices.entrySet()) {
            out.writeUTF(entry.getKey().value());
            entry.getValue().write(out);
        }
    }

    void writeRuns(DataOutputStream out) throws IOException {
        for (var device : devices.values()) {
            device.runs().write(out);
        }
    }

    void writePaces(DataOutputStream out) throws IOException {
        for (var device : devices.values()) {
            device.writePace(out);
        }
    }

    /** Of the devices that were read, in their order. */
    void readPaces(DataInputStream in) throws IOException {
        for (var device : devices.values()) {
            device.readPace(in);
        }
    }

    /** Of the devices that were read, in their order. */
    void readRuns(DataInputStream in) throws IOException {
        for (var device : devices.values()) {
            device.runs().read(in);
        }
    }

    /** @param births whether birth certificates were kept */
    void read(DataInputStream in, Instant now, boolean births) throws IOException {
        stats.read(in, now);
        var size = in.readInt();
        for (int i = 0; i < size; i++) {
            devices.put(new DeviceId(in.readUTF()), DeviceMemory.read(in, births));
        }
    }
}
