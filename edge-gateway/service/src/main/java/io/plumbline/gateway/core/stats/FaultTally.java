package io.plumbline.gateway.core.stats;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Faults of sensors in one window that were not sent yet. Devices are those of the assignment, so it is bounded. Not thread-safe. */
final class FaultTally {

    private final long devicesBefore;
    private final Map<Key, SensorFault> counts = new LinkedHashMap<>();

    private record Key(Optional<DeviceId> device, String feature, SensorFault.Kind kind) {}

    /** @param before what a snapshot holds */
    FaultTally(SensorFaults before) {
        devicesBefore = before.furtherDevices();
        before.faults().forEach(this::add);
    }

    void add(SensorFault fault) {
        counts.merge(new Key(fault.device(), fault.feature(), fault.kind()), fault, SensorFault::plus);
    }

    SensorFaults faults() {
        return SensorFaults.of(counts.values(), devicesBefore);
    }
}
