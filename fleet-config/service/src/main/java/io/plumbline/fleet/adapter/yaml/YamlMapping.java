package io.plumbline.fleet.adapter.yaml;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** A mapping of the document, in its order, keys unique. */
final class YamlMapping {

    private final YamlValue self;
    private final Map<String, YamlValue> values;
    private final Map<String, YamlValue> keys;

    private YamlMapping(YamlValue self, Map<String, YamlValue> values, Map<String, YamlValue> keys) {
        this.self = self;
        this.values = Collections.unmodifiableMap(values);
        this.keys = Collections.unmodifiableMap(keys);
    }

    static YamlMapping of(String path, MappingNode node) {
        var values = new LinkedHashMap<String, YamlValue>();
        var keys = new LinkedHashMap<String, YamlValue>();
        for (NodeTuple entry : node.getValue()) {
            var key = new YamlValue(path, entry.getKeyNode());
            var name = key.text();
            if (keys.put(name, key) != null) {
                throw key.problem("'" + name + "' must not appear twice");
            }
            values.put(name, new YamlValue(path.isEmpty() ? name : path + "." + name, entry.getValueNode()));
        }
        return new YamlMapping(new YamlValue(path, node), values, keys);
    }

    YamlMapping allowOnly(Collection<String> allowed) {
        keys.forEach((name, key) -> {
            if (!allowed.contains(name)) {
                throw key.unknown("a key of " + where(), name, allowed);
            }
        });
        return this;
    }

    /** The entries, in the order of the file. */
    Map<String, YamlValue> entries() {
        return values;
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
        return optional(name).orElseThrow(() -> self.problem("'" + name + "' is missing in " + where()));
    }

    Optional<YamlValue> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private String where() {
        return self.path().isEmpty() ? "the fleet file" : self.path();
    }
}
