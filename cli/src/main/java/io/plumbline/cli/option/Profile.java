package io.plumbline.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.plumbline.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Servers under a name, so that nobody has to type them: {@code ~/.config/plumbline/profiles.yaml}.
 *
 * @param fleet URL of the control plane
 * @param registry URL of the registry
 * @param kafka bootstrap servers, HOST:PORT[,HOST:PORT...]
 * @param token where the token for the control plane is kept
 */
public record Profile(
        Optional<String> fleet, Optional<String> registry, Optional<String> kafka, Optional<Token> token) {

    static final Profile NONE = new Profile(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The whole file. */
    private record Profiles(Optional<String> usual, Map<String, Profile> profiles) {}

    /**
     * @param asked by name; empty for the one that {@code PLUMBLINE_PROFILE} names, or the file's usual one, or none
     * @throws ClientException if the file is broken, or has no such profile
     */
    static Profile chosen(Optional<String> asked, Surroundings surroundings) throws ClientException {
        var name = asked.or(() -> surroundings.variable("PLUMBLINE_PROFILE"));
        var file = file(surroundings);
        if (!Files.exists(file)) {
            if (name.isPresent()) {
                throw new ClientException("there is no profile '" + name.get() + "': there is no file " + file);
            }
            return NONE;
        }
        var all = read(file);
        var meant = name.or(all::usual);
        if (meant.isEmpty()) {
            return NONE;
        }
        var found = all.profiles().get(meant.get());
        if (found == null) {
            throw new ClientException(file + " has no profile '" + meant.get() + "'; it has "
                    + all.profiles().keySet());
        }
        return found;
    }

    private static Path file(Surroundings surroundings) {
        var folder = surroundings
                .variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElse(surroundings.home().resolve(".config"));
        return folder.resolve("plumbline").resolve("profiles.yaml");
    }

    private static Profiles read(Path file) throws ClientException {
        try {
            var all = YAML.readValue(Files.readAllBytes(file), Profiles.class);
            if (all != null && all.profiles() != null) {
                return all;
            }
            throw new ClientException(
                    file + " must have profiles by name, like profiles: {lab: {fleet: http://host:8083}}");
        } catch (JsonProcessingException e) {
            var where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new ClientException(
                    file + where + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new ClientException(file + " cannot be read: " + e, e);
        }
    }
}
