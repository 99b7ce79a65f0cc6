package io.plumbline.contract.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where names and passwords are looked for: {@code PLUMBLINE_OCI_USER} and {@code PLUMBLINE_OCI_PASSWORD}, then the file that
 * {@code docker login} writes ({@code $DOCKER_CONFIG/config.json}, or {@code ~/.docker/config.json}).
 */
final class Logins implements Authorization.Keeper {

    private static final String USER = "PLUMBLINE_OCI_USER";
    private static final String PASSWORD = "PLUMBLINE_OCI_PASSWORD";

    private final Map<String, String> environment;
    private final Path file;

    /** @param file need not be there */
    Logins(Map<String, String> environment, Path file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    static Logins of(Map<String, String> environment, Path home) {
        var folder = environment.get("DOCKER_CONFIG");
        return new Logins(
                environment, (folder == null ? home.resolve(".docker") : Path.of(folder)).resolve("config.json"));
    }

    @Override
    public Optional<Credentials> of(URI registry) throws LoginException {
        var user = environment.get(USER);
        var password = environment.get(PASSWORD);
        if (user != null && password != null) {
            return Optional.of(new Credentials(user, password));
        }
        if (user != null || password != null) {
            throw new LoginException("of " + USER + " and " + PASSWORD + " only one is set: set both, or none");
        }
        return Files.isRegularFile(file) ? of(registry, file) : Optional.empty();
    }

    private static Optional<Credentials> of(URI registry, Path file) throws LoginException {
        try {
            var config = Json.decode(Files.readAllBytes(file), JsonNode.class);
            for (var name : names(registry)) {
                var entry = config.path("auths").path(name);
                if (!entry.path("auth").asText("").isEmpty()) {
                    return Optional.of(decoded(entry.path("auth").asText(), name, file));
                }
                var helper = config.path("credHelpers")
                        .path(name)
                        .asText(config.path("credsStore").asText(""));
                if (entry.isObject() || config.path("credHelpers").has(name)) {
                    throw new LoginException(file + " keeps the password for " + name + " elsewhere"
                            + (helper.isEmpty() ? "" : ", with '" + helper + "'") + ", which is not asked: set " + USER
                            + " and " + PASSWORD);
                }
            }
            return Optional.empty();
        } catch (IOException | MalformedMessageException e) {
            throw new LoginException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As docker writes them: the host, with its port where it has one, and for some an address of old. */
    private static List<String> names(URI registry) {
        var host = registry.getAuthority();
        return List.of(
                host, "https://" + host, "http://" + host, "https://" + host + "/v1/", "https://" + host + "/v2/");
    }

    private static Credentials decoded(String auth, String name, Path file) throws LoginException {
        try {
            var pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            throw new LoginException(file + ": auth of " + name + " is not base64; log in again", e);
        }
        throw new LoginException(file + ": auth of " + name + " must be a name, ':' and a password; log in again");
    }
}
