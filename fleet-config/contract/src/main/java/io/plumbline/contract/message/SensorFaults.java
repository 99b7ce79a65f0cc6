package io.plumbline.contract.message;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults of sensors by device, feature and kind, in that order. Adds up in any order; the sums by feature and kind are exact. A
 * bounded number of devices is named, on the wire {@value #MOST_DEVICES}, those with the most faults; while there are no more, not even the
 * order of adding matters to the names.
 *
 * @param faults of each device, feature and kind at most one
 * @param furtherDevices how many devices are behind the faults without a name; after adding, at most so many
 */
public record SensorFaults(List<SensorFault> faults, long furtherDevices) {

    /** Named in one delta. */
    public static final int MOST_DEVICES = 16;

    public static final SensorFaults NONE = new SensorFaults(List.of(), 0);

    private static final Comparator<SensorFault> ORDER = Comparator.comparing(
                    (SensorFault fault) -> fault.device().map(DeviceId::value).orElse(""))
            .thenComparing(SensorFault::feature)
            .thenComparing(SensorFault::kind);

    public SensorFaults {
        faults = List.copyOf(faults);
        Require.notNegative("further devices", furtherDevices);
    }

    /** Sums them up; faults without a device belong to this many devices. */
    public static SensorFaults of(Collection<SensorFault> faults, long furtherDevices) {
        return of(faults, furtherDevices, MOST_DEVICES);
    }

    private static SensorFaults of(Collection<SensorFault> faults, long furtherDevices, int mostDevices) {
        var named = mostFaults(faults, mostDevices);
        var unnamed = new HashSet<DeviceId>();
        var sums = new TreeMap<SensorFault, SensorFault>(ORDER);
        for (var fault : faults) {
            var kept = fault;
            if (fault.device().isPresent() && !named.contains(fault.device().get())) {
                unnamed.add(fault.device().get());
                kept = fault.unnamed();
            }
            sums.merge(kept, kept, SensorFault::plus);
        }
        return new SensorFaults(List.copyOf(sums.values()), furtherDevices + unnamed.size());
    }

    private static Set<DeviceId> mostFaults(Collection<SensorFault> faults, int mostDevices) {
        var byDevice = faults.stream()
                .filter(fault -> fault.device().isPresent())
                .collect(Collectors.groupingBy(
                        fault -> fault.device().get(), Collectors.summingLong(SensorFault::count)));
        return byDevice.entrySet().stream()
                .sorted(Map.Entry.<DeviceId, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().value()))
                .limit(mostDevices)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    public SensorFaults plus(SensorFaults other) {
        return plus(other, MOST_DEVICES);
    }

    /** @param mostDevices that are named in the sum */
    public SensorFaults plus(SensorFaults other, int mostDevices) {
        var all = Stream.concat(faults.stream(), other.faults.stream()).toList();
        return of(all, furtherDevices + other.furtherDevices, mostDevices);
    }

    /** The same with no more devices named than in one delta. */
    public SensorFaults shortened() {
        return of(faults, furtherDevices);
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
