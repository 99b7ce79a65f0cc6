package io.plumbline.processor.topology;

import io.plumbline.judging.OrderedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Ordered state in a Kafka Streams store: on local disk, and in a changelog topic that rebuilds it. */
final class StoreState<T> implements OrderedState<T> {

    private final KeyValueStore<String, T> store;

    StoreState(KeyValueStore<String, T> store) {
        this.store = store;
    }

    @Override
    public Optional<T> get(String key) {
        return Optional.ofNullable(store.get(key));
    }

    @Override
    public void put(String key, T value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
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
                    entries.add(new Entry<>(next.key, next.value));
                }
            }
        }
        return entries;
    }
}
