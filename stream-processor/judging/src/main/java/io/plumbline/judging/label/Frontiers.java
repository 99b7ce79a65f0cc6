package io.plumbline.judging.label;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.judging.EventTime;
import io.plumbline.judging.OrderedState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to which event time anything of a device may lie among the pairs: there is nothing of what is newer, which need not be looked for on disk.
 * Found from the pairs where it is asked for first, and in memory from then on. Not thread-safe.
 */
final class Frontiers {

    private static final int MOST = 32_768;
    /** After every time. */
    private static final String END = "}";

    private final OrderedState<Pair> pairs;
    private final Map<String, Long> millis = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** @param pairs as {@link LabelDesk}'s */
    Frontiers(OrderedState<Pair> pairs) {
        this.pairs = pairs;
    }

    /** Whether nothing of the device of this moment or later is among the pairs; false also where that is not known. */
    boolean isBeyond(DeviceId device, Instant at) {
        var known = millis.get(device.value());
        var frontier = known == null ? find(device, at) : known;
        return at.toEpochMilli() > frontier;
    }

    /** Something of the device and this moment was put among the pairs. */
    void put(DeviceId device, Instant at) {
        millis.computeIfPresent(device.value(), (same, known) -> Math.max(known, at.toEpochMilli()));
    }

    private long find(DeviceId device, Instant at) {
        var later = pairs.range(device + "|" + EventTime.ordered(at), device + "|" + END);
        var found = later.isEmpty()
                ? at.toEpochMilli() - 1
                : EventTime.ofOrdered(later.get(later.size() - 1).key().split("\\|")[1])
                        .toEpochMilli();
        millis.put(device.value(), found);
        return found;
    }
}
