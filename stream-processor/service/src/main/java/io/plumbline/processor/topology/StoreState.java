package io.plumbline.processor.topology;

import io.plumbline.judging.OrderedState;
import io.plumbline.processor.state.StateCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Ordered state in a Kafka Streams store: on local disk, and in a changelog topic that rebuilds it. Every change goes there at once. What was
 * read or written last is also kept as it is, because decoding it costs most of the time. A task that fails begins with a new one.
 */
final class StoreState<T> implements OrderedState<T> {

    private final KeyValueStore<String, byte[]> store;
    private final StateCodec<T> codec;
    private final int most;
    private final Map<String, T> kept;

    /** @param most values that are kept decoded; they must be immutable */
    StoreState(KeyValueStore<String, byte[]> store, StateCodec<T> codec, int most) {
        this.store = store;
        this.codec = codec;
        this.most = most;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Optional<T> get(String key) {
        var known = kept.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        return Optional.ofNullable(store.get(key)).map(bytes -> decoded(key, bytes));
    }

    @Override
    public void put(String key, T value) {
        store.put(key, codec.encode(value));
        keep(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
        kept.remove(key);
    }

    @Override
    public List<Entry<T>> range(String from, String to) {
        List<Entry<T>> entries = new ArrayList<>();
        if (from.compareTo(to) >= 0) {
            return entries;
        }
        try (var found = store.range(from, to)) {
            while (found.hasNext()) {
                var next = found.next();
                // the store's range includes its end
                if (!next.key.equals(to)) {
                    var known = kept.get(next.key);
                    entries.add(new Entry<>(next.key, known == null ? decoded(next.key, next.value) : known));
                }
            }
        }
        return entries;
    }

    private void keep(String key, T value) {
        if (most > 0) {
            kept.put(key, value);
        }
    }

    private T decoded(String key, byte[] bytes) {
        var value = codec.decode(bytes);
        keep(key, value);
        return value;
    }
}
