package io.plumbline.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.plumbline.cli.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Servers under a name, so that nobody has to type them: {@code ~/.config/plumbline/profiles.yaml}.
 *
 * @param fleet URL of the control plane
 * @param registry URL of the registry
 * @param token where the token for the control plane is kept
 */
public record Profile(Optional<String> fleet, Optional<String> registry, Optional<Kept> token) {

    static final Profile NONE = new Profile(Optional.empty(), Optional.empty(), Optional.empty());

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What may stand in a header: anything else would be refused later, by somebody who shows it. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** Where a token is: in a file, or in an environment variable. Never the token itself. */
    public record Kept(Optional<String> file, Optional<String> env) {

        /** @throws ClientException that says what is missing */
        String read() throws ClientException {
            if (file.isPresent() == env.isPresent()) {
                throw new ClientException("a token must be {file: PATH} or {env: NAME}");
            }
            return file.isPresent()
                    ? checked(content(file.get()), "file " + file.get())
                    : checked(variable(env.orElseThrow()), "environment variable " + env.orElseThrow());
        }

        private static String checked(String token, String place) throws ClientException {
            if (!TOKEN.matcher(token).matches()) {
                throw new ClientException("the token in the " + place + " must be one word of visible ASCII characters"
                        + (token.isEmpty() ? ", and it is empty" : ", without spaces or line breaks in it"));
            }
            return token;
        }

        private static String content(String path) throws ClientException {
            try {
                return Files.readString(Path.of(path)).strip();
            } catch (IOException e) {
                throw new ClientException("the token's file " + path + " cannot be read", e);
            }
        }

        private static String variable(String name) throws ClientException {
            var value = System.getenv(name);
            if (value == null) {
                throw new ClientException("the token's environment variable " + name + " is not set");
            }
            return value.strip();
        }
    }

    /** The whole file. */
    private record Profiles(Optional<String> usual, Map<String, Profile> profiles) {}

    /**
     * @param asked by name; empty for the one that {@code PLUMBLINE_PROFILE} names, or the file's usual one, or none
     * @throws ClientException if the file is broken, or has no such profile
     */
    static Profile chosen(Optional<String> asked) throws ClientException {
        var name = asked.or(() -> Optional.ofNullable(System.getenv("PLUMBLINE_PROFILE")));
        var file = file();
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

    private static Path file() {
        var home = Path.of(System.getProperty("user.home"), ".config").toString();
        var usual = Path.of(System.getenv().getOrDefault("XDG_CONFIG_HOME", home), "plumbline", "profiles.yaml");
        return Path.of(System.getProperty("plumbline.profiles", usual.toString()));
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
