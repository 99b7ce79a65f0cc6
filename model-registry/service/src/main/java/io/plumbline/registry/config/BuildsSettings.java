package io.plumbline.registry.config;

import io.plumbline.contract.login.RepositoryPrefix;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The registry that gateways pull from in place of this one.
 *
 * @param url with the prefix of its repositories as path
 * @param login file as {@code docker login} writes it; empty to look where {@code docker login} and the environment have it
 */
public record BuildsSettings(URI url, Optional<Path> login) {

    static Optional<BuildsSettings> of(RegistryConfig config) {
        if (config.buildsLogin().isPresent() && config.buildsUrl().isEmpty()) {
            throw new IllegalConfigurationException(
                    "builds-login", config.buildsLogin().get(), "is for builds-url: set both, or none");
        }
        return config.buildsUrl()
                .map(url -> new BuildsSettings(
                        url(url.strip()), config.buildsLogin().map(BuildsSettings::file)));
    }

    private static URI url(String text) {
        try {
            var url = URI.create(text);
            if (url.getRawUserInfo() != null) {
                throw new IllegalConfigurationException(
                        "builds-url", "...@" + url.getHost(), "must not hold a password: use builds-login");
            }
            var objection = RepositoryPrefix.objection(url);
            if (objection.isEmpty()) {
                return url;
            }
            throw new IllegalConfigurationException("builds-url", text, objection.get());
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException("builds-url", text, "must be an address: " + e.getMessage());
        }
    }

    private static Path file(String text) {
        try {
            return Path.of(text.strip());
        } catch (InvalidPathException e) {
            throw new IllegalConfigurationException("builds-login", text, "must be the path of a file");
        }
    }
}
