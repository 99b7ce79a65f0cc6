package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place in the document: a node and the path to it.
 *
 * @param findings takes what is wrong here and need not end the reading
 */
record YamlValue(String path, Node node, Findings findings) {

    /** More names than these are counted, not listed. */
    private static final int LISTED = 24;

    private static final Set<String> NOTHING = Set.of("", "~", "null");

    /** The value of an entry of this mapping. */
    YamlValue at(String key, Node value) {
        return new YamlValue(path.isEmpty() ? key : path + "." + key, value, findings);
    }

    /** The text of a scalar. */
    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw problem("must be a single value, not " + kind());
    }

    /**
     * The scalar as a validated type.
     *
     * @param parse throws IllegalArgumentException with value and rule
     */
    <T> T as(Function<String, T> parse) {
        var text = text();
        return whole(() -> parse.apply(text));
    }

    /** The scalar as one of a few words. */
    <T> T oneOf(String what, Map<String, T> words) {
        var found = words.get(text());
        if (found == null) {
            throw unknown(what, text(), words.keySet().stream().sorted().toList());
        }
        return found;
    }

    /**
     * The same scalar, if it is one of these names.
     *
     * @param names empty if they cannot be told; then it is any
     */
    YamlValue known(String what, Optional<Set<String>> names) {
        if (names.filter(all -> !all.contains(text())).isPresent()) {
            throw unknown(what, text(), names.orElseThrow());
        }
        return this;
    }

    /**
     * What was read at this place as a validated whole.
     *
     * @param build throws IllegalArgumentException with value and rule
     */
    <T> T whole(Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            var rule = String.valueOf(e.getMessage());
            throw Whereabouts.of(this, rule).problem(rule);
        }
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** Whether there is a key and no value. */
    boolean isNothing() {
        return node instanceof ScalarNode scalar && NOTHING.contains(scalar.getValue());
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The elements of a list. */
    List<YamlValue> elements() {
        if (node instanceof SequenceNode sequence) {
            var nodes = sequence.getValue();
            return IntStream.range(0, nodes.size())
                    .mapToObj(i -> new YamlValue(path + "[" + i + "]", nodes.get(i), findings))
                    .toList();
        }
        throw problem("must be a list like [a, b], not " + kind());
    }

    /** What is read from each element; those that are broken are noted and left out. */
    <T> List<T> each(Function<YamlValue, T> read) {
        return elements().stream()
                .map(element -> findings.<T>part(() -> read.apply(element)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The mapping at this place; keys other than these are noted. */
    YamlMapping mapping(Collection<String> allowed) {
        return mapping().allowOnly(allowed);
    }

    /** The mapping at this place, with keys that are names. */
    YamlMapping mapping() {
        if (node instanceof MappingNode mapping) {
            return YamlMapping.of(this, mapping);
        }
        throw problem("must be a mapping like {key: value}, not " + kind());
    }

    /** A complaint about this place. */
    SpecProblemException problem(String message) {
        return new SpecProblemException(path, node.getStartMark(), message);
    }

    /** A complaint about a name that should be one of these. */
    SpecProblemException unknown(String what, String name, Collection<String> valid) {
        var hint = NearestName.of(name, valid)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElseGet(() -> valid.isEmpty() ? "there are none" : "there are: " + listed(valid));
        return problem("'" + name + "' is not " + what + "; " + hint);
    }

    private static String listed(Collection<String> names) {
        var first = names.stream().limit(LISTED).collect(Collectors.joining(", "));
        return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
    }

    private String kind() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isEmpty() ? "nothing" : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
