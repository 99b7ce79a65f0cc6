package io.plumbline.judging.replay;

import io.plumbline.judging.MemoryState;
import io.plumbline.judging.OrderedState;
import io.plumbline.judging.label.Pair;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs in memory, without those that will never be one.
 *
 * @param labelled event ids
 */
record LabelledPairs(Set<String> labelled, MemoryState<Pair> pairs) implements OrderedState<Pair> {

    LabelledPairs(Set<String> labelled) {
        this(labelled, new MemoryState<>());
    }

    @Override
    public Optional<Pair> get(String key) {
        return pairs.get(key);
    }

    @Override
    public void put(String key, Pair value) {
        if (labelled.contains(key.substring(key.lastIndexOf('|') + 1))) {
            pairs.put(key, value);
        }
    }

    @Override
    public void delete(String key) {
        pairs.delete(key);
    }

    @Override
    public List<Entry<Pair>> range(String from, String to) {
        return pairs.range(from, to);
    }
}
