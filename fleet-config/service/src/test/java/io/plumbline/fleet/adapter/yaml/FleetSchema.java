package io.plumbline.fleet.adapter.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** The published schema, as an editor uses it. */
final class FleetSchema {

    private static final String NAME = "/io/plumbline/fleet/fleet.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FleetSchema() {}

    static Set<ValidationMessage> violations(String yaml) throws IOException {
        var document = JSON.<JsonNode>valueToTree(new Yaml().load(yaml));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(json())
                .validate(document);
    }

    static JsonNode json() throws IOException {
        try (var in = FleetSchema.class.getResourceAsStream(NAME)) {
            return JSON.readTree(in);
        }
    }
}
