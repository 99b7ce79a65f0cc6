package io.plumbline.gateway.core.stats;

import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import java.util.LinkedHashMap;
import java.util.Map;

/** Faults of sensors in one window that were not sent yet. Devices are those of the assignment, so it is bounded. Not thread-safe. */
final class FaultTally {

    private final long devicesBefore;
    private final Map<SensorFault, SensorFault> counts = new LinkedHashMap<>();

    /** @param before what a snapshot holds */
    FaultTally(SensorFaults before) {
        devicesBefore = before.furtherDevices();
        before.faults().forEach(this::add);
    }

    void add(SensorFault fault) {
        counts.merge(fault.uncounted(), fault, SensorFault::plus);
    }

    SensorFaults faults() {
        return SensorFaults.of(counts.values(), devicesBefore);
    }
}
