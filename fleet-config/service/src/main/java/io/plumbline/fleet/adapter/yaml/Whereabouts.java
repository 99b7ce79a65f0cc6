package io.plumbline.fleet.adapter.yaml;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Where in a part of the file a broken rule is: rules begin with the key that they are about, or quote the name or the
 * value that breaks them.
 */
final class Whereabouts {

    private static final Pattern KEY = Pattern.compile("^([A-Za-z]+) ");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final int DEEPEST = 6;

    private Whereabouts() {}

    /** The narrowest place within {@code part} that the rule names without doubt; the part if there is none. */
    static YamlValue of(YamlValue part, String rule) {
        if (!(part.node() instanceof MappingNode)) {
            return part;
        }
        var mapping = part.mapping();
        var key = KEY.matcher(rule);
        var quoted = QUOTED.matcher(rule);
        var ofKey = key.find() ? mapping.optional(key.group(1)) : Optional.<YamlValue>empty();
        if (ofKey.isPresent() || !quoted.find()) {
            return ofKey.orElse(part);
        }
        return mapping.optional(quoted.group(1))
                .or(() -> only(part, quoted.group(1)))
                .orElse(part);
    }

    private static Optional<YamlValue> only(YamlValue part, String text) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var found = scalars(part, seen, DEEPEST)
                .filter(one -> one.text().equals(text))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Stream<YamlValue> scalars(YamlValue value, Set<Node> seen, int deep) {
        if (deep == 0 || !seen.add(value.node())) {
            return Stream.of();
        }
        if (value.isScalar()) {
            return Stream.of(value);
        }
        var within = value.node() instanceof MappingNode
                ? List.copyOf(value.mapping().entries().values())
                : value.elements();
        return within.stream().flatMap(one -> scalars(one, seen, deep - 1));
    }
}
