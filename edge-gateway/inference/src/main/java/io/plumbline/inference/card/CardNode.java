package io.plumbline.inference.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A place in the card, which knows its path for error messages. */
record CardNode(String path, JsonNode value) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static CardNode root(byte[] yaml) throws CardException {
        try {
            var tree = YAML.readTree(yaml);
            if (tree == null || !tree.isObject()) {
                throw new CardException("model card: must be a YAML mapping");
            }
            return new CardNode("", tree);
        } catch (IOException e) {
            throw new CardException("model card: not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
        }
    }

    CardNode get(String name) throws CardException {
        var child = value.get(name);
        var childPath = path.isEmpty() ? name : path + "." + name;
        if (child == null || child.isNull()) {
            throw new CardException("model card: " + childPath + " is missing");
        }
        return new CardNode(childPath, child);
    }

    String text() throws CardException {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw broken("must be a text");
        }
        return value.asText();
    }

    int positiveInt() throws CardException {
        if (!value.isInt() || value.asInt() < 1) {
            throw broken("must be a whole number of at least 1");
        }
        return value.asInt();
    }

    double number() throws CardException {
        if (!value.isNumber()) {
            throw broken("must be a number");
        }
        return value.asDouble();
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
        return new CardException(
                "model card: " + path + " '" + (value.isValueNode() ? value.asText() : value) + "' " + rule);
    }
}
