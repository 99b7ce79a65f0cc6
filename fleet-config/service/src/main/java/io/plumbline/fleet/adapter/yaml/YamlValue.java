package io.plumbline.fleet.adapter.yaml;

import io.plumbline.fleet.core.spec.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A place in the document: a node and the path to it. */
record YamlValue(String path, Node node) {

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

    /**
     * What was read at this place as a validated whole.
     *
     * @param build throws IllegalArgumentException with value and rule
     */
    <T> T whole(Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** The elements of a list. */
    List<YamlValue> elements() {
        if (node instanceof SequenceNode sequence) {
            var nodes = sequence.getValue();
            return IntStream.range(0, nodes.size())
                    .mapToObj(i -> new YamlValue(path + "[" + i + "]", nodes.get(i)))
                    .toList();
        }
        throw problem("must be a list like [a, b], not " + kind());
    }

    /** The mapping at this place, with these keys allowed. */
    YamlMapping mapping(Collection<String> allowed) {
        return mapping().allowOnly(allowed);
    }

    /** The mapping at this place, with keys that are names. */
    YamlMapping mapping() {
        if (node instanceof MappingNode mapping) {
            return YamlMapping.of(path, mapping);
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
                .orElse(valid.isEmpty() ? "there are none" : "there are: " + String.join(", ", valid));
        return problem("'" + name + "' is not " + what + "; " + hint);
    }

    private String kind() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isEmpty() ? "nothing" : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
