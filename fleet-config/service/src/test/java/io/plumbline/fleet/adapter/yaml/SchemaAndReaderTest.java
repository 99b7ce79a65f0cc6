package io.plumbline.fleet.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.fleet.core.spec.InvalidFleetException;
import io.plumbline.fleet.testing.Fleets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Reader and schema know the same keys. An unknown key is put into every mapping of a file that has all of them; the
 * reader answers with the keys that it knows there, which must be those of the schema.
 */
class SchemaAndReaderTest {

    private static final Path COMPLETE = Path.of("src/test/resources/io/plumbline/fleet/complete.yaml");
    private static final String UNKNOWN = "quiteunlikeanykey";
    private static final Pattern KNOWN = Pattern.compile("'" + UNKNOWN + "' is not a key of .*; there are: (.*)");

    /** A mapping of the file with a fixed set of keys, and what the schema says of it. */
    private record Closed(String path, Map<String, Object> mapping, JsonNode schema) {}

    private final JsonNode schema;
    private final Map<String, Object> file;
    private final List<Closed> mappings = new ArrayList<>();

    SchemaAndReaderTest() throws IOException {
        schema = FleetSchema.json();
        file = new Yaml().load(Files.readString(COMPLETE));
        visit("", file, schema);
    }

    @Test
    void bothAcceptTheFileThatHasEverything() throws Exception {
        var text = Files.readString(COMPLETE);
        assertThat(FleetSchema.violations(text)).isEmpty();
        assertThat(FleetYaml.parse(text).sites()).isNotEmpty();
    }

    @Test
    void bothAcceptTheExamples() throws Exception {
        // Given
        var examples = Path.of(System.getProperty("plumbline.root"), "docs/examples");
        var fleet = Files.readString(examples.resolve("fleet.yaml"));
        var alerts = Fleets.yaml(Fleets.BASELINE) + Files.readString(examples.resolve("alerts.yaml"));
        // Then
        for (var text : List.of(fleet, alerts)) {
            assertThat(FleetSchema.violations(text)).isEmpty();
            assertThat(FleetYaml.parse(text).sites()).isNotEmpty();
        }
    }

    @Test
    void bothKnowTheSameKeys() {
        for (var one : mappings) {
            assertThat(knownToReader(one))
                    .as("keys of '%s', reader against schema", one.path())
                    .isEqualTo(properties(one.schema()));
        }
    }

    @Test
    void theFileThatHasEverythingUsesEveryKeyOfTheSchema() {
        // Given
        Set<JsonNode> closed = Collections.newSetFromMap(new IdentityHashMap<>());
        collectClosed(schema, closed);
        Set<JsonNode> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        var used = new IdentityHashMap<JsonNode, Set<String>>();
        mappings.forEach(one -> {
            visited.add(one.schema());
            used.computeIfAbsent(one.schema(), s -> new TreeSet<>())
                    .addAll(one.mapping().keySet());
        });
        // Then
        assertThat(visited).as("add what is missing to " + COMPLETE).containsAll(closed);
        used.forEach((part, keys) -> assertThat(keys)
                .as("add the keys that are missing to " + COMPLETE)
                .containsAll(properties(part)));
    }

    @Test
    void everyKeyIsExplained() {
        mappings.forEach(one -> one.schema()
                .get("properties")
                .properties()
                .forEach(property -> assertThat(property.getValue().has("description")
                                || resolved(property.getValue()).has("description"))
                        .as("description of %s in '%s'", property.getKey(), one.path())
                        .isTrue()));
    }

    private Set<String> knownToReader(Closed one) {
        one.mapping().put(UNKNOWN, 1);
        try {
            var refusal =
                    catchThrowableOfType(InvalidFleetException.class, () -> FleetYaml.parse(new Yaml().dump(file)));
            assertThat(refusal).as("an unknown key in '%s'", one.path()).isNotNull();
            var known = new TreeSet<String>();
            refusal.problems().forEach(problem -> {
                var names = KNOWN.matcher(problem.message());
                if (problem.path().equals(one.path()) && names.matches()) {
                    known.addAll(List.of(names.group(1).split(", ")));
                }
            });
            return known;
        } finally {
            one.mapping().remove(UNKNOWN);
        }
    }

    /** Follows the file and the schema down together. */
    private void visit(String path, Object value, JsonNode described) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(path + "[" + i + "]", list.get(i), described.path("items"));
            }
        } else if (value instanceof Map<?, ?> map) {
            var part = branch(resolved(described));
            @SuppressWarnings("unchecked")
            var mapping = (Map<String, Object>) map;
            if (isClosed(part)) {
                mappings.add(new Closed(path, mapping, part));
            }
            new LinkedHashMap<>(mapping)
                    .forEach((key, inner) -> visit(path.isEmpty() ? key : path + "." + key, inner, below(part, key)));
        }
    }

    /** What the schema says of an entry; the file has no Sparkplug, so of a choice the other case holds. */
    private static JsonNode below(JsonNode part, String key) {
        var otherwise = part.path("else").path("properties").path(key);
        var named = otherwise.isMissingNode() ? part.path("properties").path(key) : otherwise;
        return named.isMissingNode() ? part.path("additionalProperties") : named;
    }

    /** Of several forms the one that is a mapping. */
    private JsonNode branch(JsonNode described) {
        if (described.has("properties") || !described.has("oneOf")) {
            return described;
        }
        return StreamSupport.stream(described.get("oneOf").spliterator(), false)
                .map(this::resolved)
                .filter(form -> "object".equals(form.path("type").asText()))
                .findFirst()
                .orElse(described);
    }

    private JsonNode resolved(JsonNode described) {
        var reference = described.path("$ref").asText();
        return reference.isEmpty() ? described : schema.at(reference.substring(1));
    }

    private static boolean isClosed(JsonNode part) {
        return part.path("additionalProperties").isBoolean()
                && !part.path("additionalProperties").asBoolean()
                && part.has("properties");
    }

    private static void collectClosed(JsonNode node, Set<JsonNode> closed) {
        if (isClosed(node)) {
            closed.add(node);
        }
        node.forEach(child -> collectClosed(child, closed));
    }

    private static Set<String> properties(JsonNode part) {
        var names = new TreeSet<String>();
        Stream.of(part.get("properties")).forEach(all -> all.fieldNames().forEachRemaining(names::add));
        return names;
    }
}
