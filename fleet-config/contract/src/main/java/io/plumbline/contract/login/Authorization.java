package io.plumbline.contract.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one registry is shown with every request, once it has asked for it: a name and a password, or a token that its token server
 * gave for them. Passwords go to servers over TLS and to this machine, and nowhere else. They are
 * looked up anew whenever the registry asks. Thread-safe.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication of the distribution project</a>
 */
public final class Authorization {

    private static final String PASSWORD = "a password";

    /** Made for the first token only: most registries want none. */
    private static final class Tokens {

        private static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Who knows names and passwords. */
    interface Keeper {

        /** For this registry; empty where nothing is known of it. */
        Optional<Credentials> of(URI registry) throws LoginException;
    }

    /** Where a token is kept. */
    public interface TokenSource {

        /** @throws LoginException that says what is missing, and does not show what is there */
        String read() throws LoginException;
    }

    private final URI registry;
    private final Keeper logins;
    private volatile Optional<String> shown = Optional.empty();

    private Authorization(URI registry, Keeper logins) {
        this.registry = registry;
        this.logins = logins;
    }

    /**
     * From {@code PLUMBLINE_OCI_USER} and {@code PLUMBLINE_OCI_PASSWORD}, or else from what {@code docker login} wrote.
     *
     * @param home folder that {@code .docker} lies in
     */
    public static Authorization of(URI registry, Map<String, String> environment, Path home) {
        return new Authorization(registry, Logins.of(environment, home));
    }

    /** @param file as {@code docker login} writes it; nothing else is asked */
    public static Authorization of(URI registry, Path file) {
        return new Authorization(registry, new Logins(Map.of(), file));
    }

    /** @param token that the registry takes for a password, whoever shows it; read when it asks */
    public static Authorization ofToken(URI registry, TokenSource token) {
        return new Authorization(registry, asking -> Optional.of(new Credentials("operator", token.read())));
    }

    /** The value of the {@code Authorization} header; empty as long as the registry did not ask for one. */
    public Optional<String> header() {
        return shown;
    }

    /**
     * Gets what the registry asks for.
     *
     * @param asked its {@code WWW-Authenticate} header
     * @throws LoginException if it is not to be had
     */
    public void meet(String asked) throws LoginException, InterruptedException {
        var challenge = Challenge.parse(asked);
        if (challenge.scheme().equals("bearer")) {
            shown = Optional.of("Bearer " + token(challenge));
            return;
        }
        if (!challenge.scheme().equals("basic")) {
            throw new LoginException(
                    registry + " asks for '" + challenge.scheme() + "', and only Bearer and Basic are known");
        }
        var credentials = logins.of(registry).orElseThrow(this::unknown);
        OpenLine.refuse(registry, PASSWORD);
        shown = Optional.of(credentials.basic());
    }

    private LoginException unknown() {
        return new LoginException(registry + " wants to know who asks: run docker login " + registry.getAuthority()
                + ", or set PLUMBLINE_OCI_USER and PLUMBLINE_OCI_PASSWORD");
    }

    /** Without a password a token may be had all the same, for what everybody may read. */
    private String token(Challenge challenge) throws LoginException, InterruptedException {
        var url = url(challenge);
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30));
        var credentials = logins.of(registry);
        if (credentials.isPresent()) {
            // on an open line somebody else may have named the token server
            OpenLine.refuse(registry, PASSWORD);
            OpenLine.refuse(url, PASSWORD);
            request.header("Authorization", credentials.get().basic());
        }
        try {
            var answer = Tokens.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw credentials.isPresent()
                        ? new LoginException("the token server " + url.getAuthority() + " of " + registry + " answered "
                                + credentials.get().user() + " with " + answer.statusCode())
                        : unknown();
            }
            return token(answer.body(), url);
        } catch (IOException e) {
            throw new LoginException(
                    "the token server " + url.getAuthority() + " of " + registry + " cannot be reached: " + e, e);
        }
    }

    private static String token(byte[] answer, URI url) throws LoginException {
        try {
            var json = Json.decode(answer, JsonNode.class);
            var token = json.path("token").asText(json.path("access_token").asText(""));
            if (token.matches("[\\x21-\\x7e]+")) {
                return token;
            }
            throw new LoginException("the token server " + url.getAuthority() + " gave no token");
        } catch (MalformedMessageException e) {
            throw new LoginException("the token server " + url.getAuthority() + " is not understood", e);
        }
    }

    private URI url(Challenge challenge) throws LoginException {
        var realm = challenge.get("realm").orElse("");
        var query = new StringBuilder();
        for (var name : new String[] {"service", "scope"}) {
            challenge
                    .get(name)
                    .ifPresent(value -> query.append(query.isEmpty() ? "" : "&")
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        try {
            var url = URI.create(query.isEmpty() ? realm : realm + (realm.contains("?") ? "&" : "?") + query);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new LoginException(registry + " names its token server '" + realm + "', which is no address", e);
        }
        throw new LoginException(registry + " names its token server '" + realm + "', which is no address");
    }
}
