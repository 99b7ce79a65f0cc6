package io.plumbline.contract.login;

import io.plumbline.contract.id.ModelName;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where builds of all models lie in place of Plumbline's own registry: in any other, below a prefix. Gateways pull from it, and the model
 * registry carries builds to it, by the same two settings {@code builds-url} and {@code builds-login}.
 *
 * @param url {@code https://host/prefix}, of which the path may be empty
 * @param login file as {@code docker login} writes it; empty to look where {@code docker login} and the environment have it
 */
public record RepositoryPrefix(URI url, Optional<Path> login) {

    private static final Pattern PATH = Pattern.compile("(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?");
    private static final String URL = "builds-url";
    private static final String LOGIN = "builds-login";

    /** One of the two settings breaks its rule. */
    public static final class IllegalPrefixException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String setting;
        private final String value;
        private final String rule;

        private IllegalPrefixException(String setting, String value, String rule) {
            super(setting + " '" + value + "' " + rule);
            this.setting = setting;
            this.value = value;
            this.rule = rule;
        }

        public String setting() {
            return setting;
        }

        /** Without a password that may be in it. */
        public String value() {
            return value;
        }

        /** Completes the sentence "setting 'value' ...". */
        public String rule() {
            return rule;
        }
    }

    /**
     * From the texts of the two settings; empty where neither is set.
     *
     * @throws IllegalPrefixException if one of them breaks its rule
     */
    public static Optional<RepositoryPrefix> of(Optional<String> url, Optional<String> login)
            throws IllegalPrefixException {
        if (url.isEmpty() && login.isPresent()) {
            throw new IllegalPrefixException(LOGIN, login.get(), "is for builds-url: set both, or none");
        }
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new RepositoryPrefix(
                        address(url.get().strip()),
                        login.isEmpty() ? Optional.empty() : Optional.of(file(login.get()))));
    }

    private static URI address(String text) throws IllegalPrefixException {
        var shown = text.replaceFirst("//.*@", "//...@");
        if (!shown.equals(text)) {
            throw new IllegalPrefixException(URL, shown, "must not hold a password: use builds-login");
        }
        try {
            var url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && PATH.matcher(url.getPath()).matches()) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalPrefixException wrong(String text) {
        return new IllegalPrefixException(URL, text, "must look like https://host/prefix, in small letters");
    }

    private static Path file(String text) throws IllegalPrefixException {
        try {
            if (!text.isBlank()) {
                return Path.of(text.strip());
            }
        } catch (InvalidPathException e) {
            throw new IllegalPrefixException(LOGIN, text, "must be the path of a file");
        }
        throw new IllegalPrefixException(LOGIN, text, "must be the path of a file");
    }

    /** The registry without the prefix. */
    public URI registry() {
        return url.resolve("/");
    }

    /** The name of a model's repository. */
    public String repository(ModelName model) {
        return (url.getPath().replaceAll("/+$", "") + "/" + model).substring(1);
    }

    /** Who one is there, anew with each call: a token is good for one repository. */
    public Authorization authorization() {
        return login.map(file -> Authorization.of(registry(), file))
                .orElseGet(() ->
                        Authorization.of(registry(), System.getenv(), Path.of(System.getProperty("user.home", ""))));
    }
}
