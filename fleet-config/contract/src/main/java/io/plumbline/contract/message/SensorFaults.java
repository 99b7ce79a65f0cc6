package io.plumbline.contract.message;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults of sensors by device, feature and kind. Adds up in any order; the sums by feature and kind are exact, and at most
 * {@value #MOST_DEVICES} devices are named, those with the most faults.
 *
 * @param faults of each device, feature and kind at most one
 * @param furtherDevices how many devices are behind the faults without a name; after adding, at most so many
 */
public record SensorFaults(List<SensorFault> faults, long furtherDevices) {

    /** Named in one list. */
    public static final int MOST_DEVICES = 16;

    public static final SensorFaults NONE = new SensorFaults(List.of(), 0);

    public SensorFaults {
        faults = List.copyOf(faults);
        Require.notNegative("further devices", furtherDevices);
    }

    /** Sums them up; faults without a device belong to this many devices. */
    public static SensorFaults of(Collection<SensorFault> faults, long furtherDevices) {
        var named = mostFaults(faults);
        var unnamed = new HashSet<DeviceId>();
        var sums = new LinkedHashMap<SensorFault, SensorFault>();
        for (var fault : faults) {
            var kept = fault;
            if (fault.device().isPresent() && !named.contains(fault.device().get())) {
                unnamed.add(fault.device().get());
                kept = fault.unnamed();
            }
            sums.merge(kept.uncounted(), kept, SensorFault::plus);
        }
        return new SensorFaults(List.copyOf(sums.values()), furtherDevices + unnamed.size());
    }

    private static List<DeviceId> mostFaults(Collection<SensorFault> faults) {
        var byDevice = faults.stream()
                .filter(fault -> fault.device().isPresent())
                .collect(Collectors.groupingBy(
                        fault -> fault.device().get(), LinkedHashMap::new, Collectors.summingLong(SensorFault::count)));
        return byDevice.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_DEVICES)
                .map(Map.Entry::getKey)
                .toList();
    }

    public SensorFaults plus(SensorFaults other) {
        return of(
                Stream.concat(faults.stream(), other.faults.stream()).toList(), furtherDevices + other.furtherDevices);
    }

    static void write(FieldWriter out, SensorFaults value) {
        out.messages(1, value.faults, SensorFault::write);
        out.count(2, value.furtherDevices);
    }

    static SensorFaults read(FieldReader in) {
        var faults = new ArrayList<SensorFault>();
        long further = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> in.message("SensorFault", SensorFault::read).ifPresent(faults::add);
                case 2 -> further = in.count();
                default -> in.skip();
            }
        }
        return new SensorFaults(faults, further);
    }
}
