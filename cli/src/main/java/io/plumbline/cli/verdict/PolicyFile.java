package io.plumbline.cli.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.client.ClientException;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy that somebody proposes: the processor's settings by their names, those that are to change.
 *
 * @param changes what the file says
 */
record PolicyFile(Path path, Map<String, String> changes) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @throws ClientException that names file, place and rule */
    static PolicyFile read(Path path) throws ClientException {
        try {
            var tree = YAML.readTree(Files.readAllBytes(path));
            if (tree instanceof ObjectNode settings && !settings.isEmpty()) {
                return new PolicyFile(path, texts(path, settings));
            }
            throw new ClientException(path + ": must be a YAML mapping of settings, such as clip-floor: 0.2; there are "
                    + String.join(", ", JudgingPolicy.SETTINGS));
        } catch (JsonProcessingException e) {
            var where =
                    e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            throw new ClientException(path + where + ": not YAML: " + firstLine(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new ClientException(path + " cannot be read: there must be a file that this user may read", e);
        }
    }

    private static Map<String, String> texts(Path path, ObjectNode settings) throws ClientException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> setting : settings.properties()) {
            if (!setting.getValue().isValueNode()) {
                throw new ClientException(
                        path + ": " + setting.getKey() + " must be one value, not a list or a mapping");
            }
            texts.put(setting.getKey(), setting.getValue().asText());
        }
        return texts;
    }

    /** @throws ClientException that names the first setting that cannot be */
    JudgingPolicy over(JudgingPolicy inForce) throws ClientException {
        try {
            return inForce.with(changes);
        } catch (BrokenSettingException e) {
            throw new ClientException(path + ": " + e.getMessage(), e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
