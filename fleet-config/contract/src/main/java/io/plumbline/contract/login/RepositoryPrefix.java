package io.plumbline.contract.login;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where builds of all models lie: a registry, and as path what the names of its repositories begin with. */
public final class RepositoryPrefix {

    private static final Pattern PATH = Pattern.compile("(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?");

    private RepositoryPrefix() {}

    /** What the address breaks: {@code must ...}; empty if it is one. */
    public static Optional<String> objection(URI url) {
        var isOne = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && PATH.matcher(url.getPath()).matches();
        return isOne ? Optional.empty() : Optional.of("must look like https://host/prefix, in small letters");
    }

    /** The name of a repository below it. */
    public static String repository(URI url, String model) {
        return (url.getPath().replaceAll("/+$", "") + "/" + model).substring(1);
    }
}
