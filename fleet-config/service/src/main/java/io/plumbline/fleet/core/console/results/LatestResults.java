package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest results of the devices that were heard last. Thread-safe. At most {@value #MOST_STREAMS} streams with {@value #MOST_DEVICES}
 * devices each, and {@value #MOST_RESULTS} results of each of these.
 */
public final class LatestResults {

    static final int MOST_STREAMS = 16;
    static final int MOST_DEVICES = 40;
    static final int MOST_RESULTS = 40;

    /** Those that were heard longest ago first; so are the devices of each. */
    private final Map<StreamId, Map<DeviceId, ArrayDeque<InferenceResult>>> streams = new LinkedHashMap<>();

    public synchronized void add(InferenceResult result) {
        var known = Optional.ofNullable(streams.remove(result.stream()));
        var devices = known.orElseGet(LinkedHashMap::new);
        put(streams, result.stream(), devices, MOST_STREAMS);
        var before = Optional.ofNullable(devices.remove(result.device()));
        var results = before.orElseGet(ArrayDeque::new);
        put(devices, result.device(), results, MOST_DEVICES);
        results.addLast(result);
        if (results.size() > MOST_RESULTS) {
            results.removeFirst();
        }
    }

    private static <K, V> void put(Map<K, V> map, K key, V value, int most) {
        map.put(key, value);
        if (map.size() > most) {
            map.remove(map.keySet().iterator().next());
        }
    }

    /** The streams of which there are results, by name. */
    public synchronized List<StreamId> streams() {
        return streams.keySet().stream().sorted().toList();
    }

    /** The results of each device of a stream, oldest first; the devices by name. */
    public synchronized List<List<InferenceResult>> of(StreamId stream) {
        return streams.getOrDefault(stream, Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(device -> List.copyOf(device.getValue()))
                .toList();
    }
}
