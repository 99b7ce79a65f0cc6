package io.plumbline.judging;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** State in memory, for replays; keys are ASCII, so their order is that of their bytes. Not thread-safe. */
public final class MemoryState<T> implements OrderedState<T> {

    private final TreeMap<String, T> entries = new TreeMap<>();

    @Override
    public Optional<T> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void put(String key, T value) {
        entries.put(key, value);
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
    }

    @Override
    public List<Entry<T>> range(String from, String to) {
        return entries.subMap(from, to).entrySet().stream()
                .map(entry -> new Entry<>(entry.getKey(), entry.getValue()))
                .toList();
    }
}
