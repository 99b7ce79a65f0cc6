package io.plumbline.processor.config;

import io.plumbline.drift.VerdictPolicy;
import io.plumbline.processor.core.cohort.EvaluationPolicy;
import io.plumbline.processor.core.recalibration.RecalibrationPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * The checked configuration.
 *
 * @param stateDir exists and can be written
 * @param registryUrl without a path
 */
public record Settings(
        Path stateDir,
        Optional<URI> registryUrl,
        EvaluationPolicy evaluation,
        RecalibrationPolicy recalibration,
        Duration labelRetention) {

    private static final String PREFIX = "plumbline.processor.";
    private static final Set<String> HTTP = Set.of("http", "https");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST = 1_000_000;

    /** @throws IllegalConfigurationException that names the first broken property */
    public static Settings from(VerdictConfig config) {
        var horizon = duration("horizon", config.horizon(), MINUTE);
        var retention = duration("retention", config.retention(), horizon);
        var evaluation = new EvaluationPolicy(
                horizon,
                retention,
                duration("clock-skew", config.clockSkew(), Duration.ZERO),
                number("confirmations", config.confirmations()),
                verdicts(config));
        var recalibration = new RecalibrationPolicy(
                duration("cooldown", config.cooldown(), Duration.ZERO),
                number("daily-budget", config.dailyBudget()),
                horizon);
        var labelRetention = duration("label-retention", config.labelRetention(), MINUTE);
        var registry = config.registryUrl().filter(url -> !url.isBlank()).map(Settings::url);
        return new Settings(folder(config.stateDir()), registry, evaluation, recalibration, labelRetention);
    }

    private static VerdictPolicy verdicts(VerdictConfig config) {
        var usual = VerdictPolicy.DEFAULT;
        return new VerdictPolicy(
                real("clip-floor", config.clipFloor(), 1),
                real("agreement-floor", config.agreementFloor(), 1),
                real("psi-floor", config.psiFloor(), MOST),
                usual.accuracyFloor(),
                usual.accuracyFall(),
                number("min-compared", config.minCompared()),
                usual.minClass(),
                usual.confidence(),
                usual.alarmConfidence(),
                usual.minFaults(),
                usual.minFaultWindows());
    }

    private static Duration duration(String name, String text, Duration least) {
        try {
            var value = Duration.parse(text.strip());
            if (value.compareTo(least) >= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            throw notADuration(name, text, least);
        }
        throw notADuration(name, text, least);
    }

    private static IllegalConfigurationException notADuration(String name, String text, Duration least) {
        return broken(name, text, "must be an ISO-8601 duration of at least " + least + ", such as PT30M");
    }

    private static int number(String name, String text) {
        try {
            var value = Integer.parseInt(text.strip());
            if (value >= 1 && value <= MOST) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw broken(name, text, "must be a whole number from 1 to " + MOST);
        }
        throw broken(name, text, "must be a whole number from 1 to " + MOST);
    }

    private static double real(String name, String text, int most) {
        try {
            var value = Double.parseDouble(text.strip());
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw broken(name, text, "must be a number from 0 to " + most);
        }
        throw broken(name, text, "must be a number from 0 to " + most);
    }

    private static URI url(String text) {
        try {
            var uri = URI.create(text.strip());
            if (uri.getHost() != null && HTTP.contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw broken("registry-url", text, "must look like http://host:port");
        }
        throw broken("registry-url", text, "must look like http://host:port");
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
