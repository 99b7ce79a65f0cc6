package io.plumbline.processor.config;

import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checked configuration.
 *
 * @param stateDir exists and can be written
 * @param registryUrl without a path
 * @param traceUrl collector; empty for no traces
 */
public record Settings(Path stateDir, Optional<URI> registryUrl, JudgingPolicy policy, Optional<URI> traceUrl) {

    private static final String PREFIX = "plumbline.processor.";
    private static final Set<String> HTTP = Set.of("http", "https");

    /** @throws IllegalConfigurationException that names the first broken property */
    public static Settings from(VerdictConfig config) {
        var policy = policy(config);
        var registry = config.registryUrl().filter(url -> !url.isBlank()).map(text -> url("registry-url", text));
        var traces = config.traceUrl().filter(url -> !url.isBlank()).map(text -> url("trace-url", text));
        return new Settings(folder(config.stateDir()), registry, policy, traces);
    }

    private static JudgingPolicy policy(VerdictConfig config) {
        try {
            return JudgingPolicy.of(Map.ofEntries(
                    Map.entry("horizon", config.horizon()),
                    Map.entry("confidence-horizon", config.confidenceHorizon()),
                    Map.entry("retention", config.retention()),
                    Map.entry("label-retention", config.labelRetention()),
                    Map.entry("clock-skew", config.clockSkew()),
                    Map.entry("confirmations", config.confirmations()),
                    Map.entry("min-compared", config.minCompared()),
                    Map.entry("clip-floor", config.clipFloor()),
                    Map.entry("agreement-floor", config.agreementFloor()),
                    Map.entry("psi-floor", config.psiFloor()),
                    Map.entry("cooldown", config.cooldown()),
                    Map.entry("daily-budget", config.dailyBudget())));
        } catch (BrokenSettingException e) {
            throw broken(e.name(), e.text(), e.rule());
        }
    }

    private static URI url(String name, String text) {
        try {
            var uri = URI.create(text.strip());
            if (uri.getHost() != null && HTTP.contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw broken(name, text, "must look like http://host:port");
        }
        throw broken(name, text, "must look like http://host:port");
    }

    private static Path folder(String text) {
        try {
            var folder = Files.createDirectories(Path.of(text.strip()).toAbsolutePath());
            if (!text.isBlank() && Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException | InvalidPathException e) {
            throw broken("state-dir", text, "must be a folder that can be made and written");
        }
        throw broken("state-dir", text, "must be a folder that can be made and written");
    }

    private static IllegalConfigurationException broken(String name, String text, String rule) {
        return new IllegalConfigurationException(PREFIX + name, text, rule);
    }
}
