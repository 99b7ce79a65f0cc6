package io.plumbline.gateway.core.stream;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stats.StatsWindows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    int size() {
        return devices.size();
    }

    private Optional<Map.Entry<DeviceId, DeviceMemory>> oldest() {
        return devices.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().lastUse()));
    }

    /** Last use of the device that was used least recently; the highest number if there is none. */
    long oldestUse() {
        return oldest().map(entry -> entry.getValue().lastUse()).orElse(Long.MAX_VALUE);
    }

    void forgetOldest() {
        oldest().ifPresent(entry -> devices.remove(entry.getKey()));
    }

    void forget(Collection<DeviceId> gone) {
        devices.keySet().removeAll(gone);
    }

    /** Those that are not among these. */
    List<DeviceId> others(Set<DeviceId> among) {
        return devices.keySet().stream()
                .filter(device -> !among.contains(device))
                .toList();
    }

    void writeUses(DataOutputStream out) throws IOException {
        for (var device : devices.values()) {
            out.writeLong(device.lastUse());
        }
    }

    /** Of the devices that were read, in their order; returns the highest. */
    long readUses(DataInputStream in) throws IOException {
        var highest = 0L;
        for (var device : devices.values()) {
            device.used(in.readLong());
            highest = Math.max(highest, device.lastUse());
        }
        return highest;
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
