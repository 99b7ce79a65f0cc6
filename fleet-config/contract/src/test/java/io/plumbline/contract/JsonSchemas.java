package io.plumbline.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON Schemas of the control messages, derived from the records. */
public final class JsonSchemas {

    public static final List<Class<?>> TYPES = List.of(
            Label.class,
            ModelHealth.class,
            VerdictEvent.class,
            RecalibrationEvent.class,
            CalibrationMessage.class,
            RolloutEvent.class,
            Alert.class,
            GatewayEvent.class,
            Assignment.class,
            ModelPolicy.class,
            BuildCard.class,
            ReferenceProfile.class,
            SelfTest.class);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonSchemas() {}

    /** The topic's type: for a message that is one of several, the interface they share. */
    public static Class<?> rootOf(Object message) {
        return TYPES.stream()
                .filter(type -> type.isInstance(message))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no schema for " + message.getClass()));
    }

    public static Path file(Class<?> type) {
        return Path.of("src/main/resources/io/plumbline/contract/schema", type.getSimpleName() + ".schema.json");
    }

    public static String generate(Class<?> type) throws IOException {
        var config = new SchemaGeneratorConfigBuilder(MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
        config.forTypesInGeneral().withCustomDefinitionProvider((javaType, context) -> {
            var erased = javaType.getErasedType();
            if (erased.equals(Counts.class)) {
                var node = MAPPER.createObjectNode().put("type", "array");
                node.putObject("items").put("type", "integer").put("minimum", 0);
                return new CustomDefinition(node, true);
            }
            if (erased.isRecord() && erased.getPackageName().endsWith("contract.id")) {
                return new CustomDefinition(MAPPER.createObjectNode().put("type", "string"), true);
            }
            return null;
        });
        config.forFields()
                .withRequiredCheck(field -> !field.getType().getErasedType().equals(Optional.class))
                .withTargetTypeOverridesResolver(
                        field -> field.getType().getErasedType().equals(Optional.class)
                                ? field.getType().getTypeParameters()
                                : null);
        var schema = new SchemaGenerator(config.build()).generateSchema(type);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    public static Set<String> violations(Class<?> type, byte[] message) throws IOException {
        var schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(file(type)));
        return schema.validate(MAPPER.readTree(message)).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toSet());
    }
}
