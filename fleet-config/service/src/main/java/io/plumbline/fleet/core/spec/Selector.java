package io.plumbline.fleet.core.spec;

import io.plumbline.contract.wire.Require;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which gateways are meant: those that have, of every label that is named, one of its values.
 *
 * @param labels values by label, at least one each; with no label every gateway is meant
 */
public record Selector(Map<String, Set<String>> labels) {

    public static final Selector EVERY = new Selector(Map.of());

    public Selector {
        var sorted = new TreeMap<String, Set<String>>();
        labels.forEach((name, values) -> {
            Labels.requireName(name);
            Require.that(!values.isEmpty(), "label '" + name + "' must have at least one value");
            values.forEach(Labels::requireValue);
            sorted.put(name, Collections.unmodifiableSet(new TreeSet<>(values)));
        });
        labels = Collections.unmodifiableMap(sorted);
    }

    /** Whether a gateway with these labels is meant. */
    boolean selects(Map<String, String> of) {
        return labels.entrySet().stream().allMatch(one -> one.getValue().contains(of.getOrDefault(one.getKey(), "")));
    }

    /** Whether a gateway with these labels, and perhaps others, may be meant. */
    boolean maySelect(Map<String, String> of) {
        return labels.entrySet().stream()
                .allMatch(one -> !of.containsKey(one.getKey()) || one.getValue().contains(of.get(one.getKey())));
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
