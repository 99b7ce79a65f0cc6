package io.plumbline.fleet.core.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest of each key, for the keys that were heard last. Thread-safe. */
final class NewestByKey<T> {

    private final int limit;
    private final Map<String, T> newest = new LinkedHashMap<>();

    NewestByKey(int limit) {
        this.limit = limit;
    }

    synchronized void put(String key, T value) {
        newest.remove(key);
        newest.put(key, value);
        if (newest.size() > limit) {
            newest.remove(newest.keySet().iterator().next());
        }
    }

    synchronized Optional<T> get(String key) {
        return Optional.ofNullable(newest.get(key));
    }
}
