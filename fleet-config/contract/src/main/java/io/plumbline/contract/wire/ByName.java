package io.plumbline.contract.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Lists whose entries have names, each at most once, added up name by name. */
public final class ByName {

    private ByName() {}

    /**
     * Both lists together. Adding up many of them gives the same list in any order of adding, if {@code both} does: where all name the
     * same in the same order that order stays, otherwise the entries are in the order of their names. An empty list changes nothing.
     */
    public static <T> List<T> plus(List<T> one, List<T> two, Function<T, String> name, BinaryOperator<T> both) {
        if (one.isEmpty() || two.isEmpty()) {
            return one.isEmpty() ? two : one;
        }
        var alike = names(one, name).equals(names(two, name));
        Map<String, T> sums = alike ? new LinkedHashMap<>() : new TreeMap<>();
        one.forEach(entry -> sums.merge(name.apply(entry), entry, both));
        two.forEach(entry -> sums.merge(name.apply(entry), entry, both));
        return List.copyOf(sums.values());
    }

    private static <T> List<String> names(List<T> entries, Function<T, String> name) {
        List<String> names = new ArrayList<>(entries.size());
        entries.forEach(entry -> names.add(name.apply(entry)));
        return names;
    }
}
