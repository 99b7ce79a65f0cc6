package io.plumbline.inference.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A place in the card, which knows its path for error messages. */
record CardNode(String path, JsonNode value) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int SHOWN = 60;

    static CardNode root(byte[] yaml) throws CardException {
        try {
            var tree = YAML.readTree(yaml);
            if (tree == null || !tree.isObject()) {
                throw new CardException("model card: must be a YAML mapping");
            }
            return new CardNode("", tree);
        } catch (IOException e) {
            throw new CardException("model card: not YAML: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        var text = e instanceof JsonProcessingException broken ? broken.getOriginalMessage() : e.getMessage();
        var line = String.valueOf(text).lines().findFirst().orElse("no reason given");
        return e instanceof JsonProcessingException broken && broken.getLocation() != null
                ? line + " (line " + broken.getLocation().getLineNr() + ")"
                : line;
    }

    /** @throws CardException if there is a property of another name: a misspelt one must not pass for a missing one */
    CardNode only(String... names) throws CardException {
        if (!value.isObject()) {
            throw broken("must be a mapping of " + String.join(", ", names));
        }
        for (var property : value.properties()) {
            if (!List.of(names).contains(property.getKey())) {
                throw child(property.getKey(), property.getValue())
                        .broken("is not a property of a card here; known are: " + String.join(", ", names));
            }
        }
        return this;
    }

    private CardNode child(String name, JsonNode child) {
        return new CardNode(path.isEmpty() ? name : path + "." + name, child);
    }

    CardNode get(String name) throws CardException {
        var found = value.get(name);
        var child = child(name, found == null ? NullNode.getInstance() : found);
        if (child.value.isNull()) {
            throw new CardException("model card: " + child.path + " is missing");
        }
        return child;
    }

    Optional<CardNode> find(String name) {
        var found = value.get(name);
        return found == null || found.isNull() ? Optional.empty() : Optional.of(child(name, found));
    }

    String text() throws CardException {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw broken("must be a text; put it in quotes if YAML takes it for something else");
        }
        return value.asText();
    }

    int positiveInt(int most) throws CardException {
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
            throw broken("must be a whole number from 1 to " + most);
        }
        return value.asInt();
    }

    double number() throws CardException {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw broken("must be a finite number");
        }
        return value.asDouble();
    }

    double share() throws CardException {
        if (number() < 0 || number() > 1) {
            throw broken("must be from 0 to 1");
        }
        return number();
    }

    double positive() throws CardException {
        if (number() <= 0) {
            throw broken("must be greater than 0");
        }
        return number();
    }

    int wholeFrom0To(int most) throws CardException {
        if (!value.isInt() || value.asInt() < 0 || value.asInt() > most) {
            throw broken("must be a whole number from 0 to " + most);
        }
        return value.asInt();
    }

    boolean flag() throws CardException {
        if (!value.isBoolean()) {
            throw broken("must be true or false");
        }
        return value.asBoolean();
    }

    /** A constant by its name as it is, in capitals. */
    <E extends Enum<E>> E named(E[] constants) throws CardException {
        return oneOf(constants, Enum::name);
    }

    /** A constant by its name in small letters with hyphens. */
    <E extends Enum<E>> E worded(E[] constants) throws CardException {
        return oneOf(constants, one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private <E> E oneOf(E[] constants, Function<E, String> spelling) throws CardException {
        for (var constant : constants) {
            if (spelling.apply(constant).equals(text())) {
                return constant;
            }
        }
        throw broken("must be one of " + Arrays.stream(constants).map(spelling).collect(Collectors.joining(", ")));
    }

    List<CardNode> list() throws CardException {
        if (!value.isArray() || value.isEmpty()) {
            throw broken("must be a list with at least one entry");
        }
        var nodes = new ArrayList<CardNode>();
        for (int i = 0; i < value.size(); i++) {
            nodes.add(new CardNode(path + "[" + i + "]", value.get(i)));
        }
        return nodes;
    }

    CardException broken(String rule) {
        var text = (value.isValueNode() ? value.asText() : value.toString()).replaceAll("\\p{Cntrl}+", " ");
        var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return new CardException("model card: " + path + " '" + shown + "' " + rule);
    }
}
