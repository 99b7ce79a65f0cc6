package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.NearestName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A mapping of the document, in its order, keys unique. */
final class YamlMapping {

    private final YamlValue self;
    private final Map<String, YamlValue> values;
    private final Map<String, YamlValue> keys;
    private final Set<String> misspelled = new HashSet<>();
    private final int foundBefore;

    private YamlMapping(YamlValue self, Map<String, YamlValue> values, Map<String, YamlValue> keys, int foundBefore) {
        this.self = self;
        this.values = Collections.unmodifiableMap(values);
        this.keys = Collections.unmodifiableMap(keys);
        this.foundBefore = foundBefore;
    }

    static YamlMapping of(YamlValue self, MappingNode node) {
        var foundBefore = self.findings().count();
        var values = new LinkedHashMap<String, YamlValue>();
        var keys = new LinkedHashMap<String, YamlValue>();
        for (NodeTuple entry : node.getValue()) {
            var key = new YamlValue(self.path(), entry.getKeyNode(), self.findings());
            self.findings().part(() -> {
                var name = key.text();
                var first = keys.get(name);
                if (first != null) {
                    throw key.problem("'" + name + "' must not appear twice; it is already at line "
                            + (first.node().getStartMark().getLine() + 1));
                }
                keys.put(name, key);
                return values.put(name, self.at(name, entry.getValueNode()));
            });
        }
        return new YamlMapping(self, values, keys, foundBefore);
    }

    YamlMapping allowOnly(Collection<String> allowed) {
        keys.forEach((name, key) -> {
            if (!allowed.contains(name)) {
                self.findings().note(key.unknown("a key of " + where(), name, allowed));
                NearestName.of(name, allowed).ifPresent(misspelled::add);
            }
        });
        return this;
    }

    /** The entries, in the order of the file. */
    Map<String, YamlValue> entries() {
        return values;
    }

    /** The entries by their keys, each at its place. */
    Map<YamlValue, YamlValue> named() {
        var named = new LinkedHashMap<YamlValue, YamlValue>();
        values.forEach((name, value) -> {
            var key = Objects.requireNonNull(keys.get(name));
            named.put(new YamlValue(value.path(), key.node(), key.findings()), value);
        });
        return named;
    }

    /** The key itself as a validated type. */
    <T> T key(String name, Function<String, T> parse) {
        var key = keys.get(name);
        if (key == null) {
            throw new IllegalStateException("asking for a key that was not listed is a bug");
        }
        return key.as(parse);
    }

    YamlValue required(String name) {
        return optional(name).orElseThrow(() -> missing(name));
    }

    Optional<YamlValue> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What is read from an entry that must be there; empty if it is missing or broken, which is noted. */
    <T> Optional<T> need(String name, Function<YamlValue, T> read) {
        return self.findings().part(() -> read.apply(required(name)));
    }

    /** What is read from an entry that may be left out; empty, too, if it is broken, which is noted. */
    <T> Optional<T> may(String name, Function<YamlValue, T> read) {
        return optional(name).flatMap(value -> self.findings().part(() -> read.apply(value)));
    }

    /**
     * The parts put together, unless one of them is broken.
     *
     * @param build throws IllegalArgumentException with value and rule
     */
    <T> T whole(Supplier<T> build) {
        if (isBroken()) {
            throw SpecProblemException.noted();
        }
        return self.whole(build);
    }

    /** Whether anything has been noted since the reading of this mapping began. */
    boolean isBroken() {
        return self.findings().count() > foundBefore;
    }

    private SpecProblemException missing(String name) {
        return misspelled.contains(name)
                ? SpecProblemException.noted()
                : self.problem("'" + name + "' is missing in " + where());
    }

    private String where() {
        return self.path().isEmpty() ? "the fleet file" : self.path();
    }
}
