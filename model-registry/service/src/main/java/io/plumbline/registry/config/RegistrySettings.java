package io.plumbline.registry.config;

import io.plumbline.contract.login.Operators;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.registry.core.build.SandboxLimits;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.recalibration.GatePolicy;
import io.plumbline.registry.core.sample.SampleRules;
import io.plumbline.registry.core.signing.KeyFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The checked settings; what each means is said in {@link RegistryConfig}. */
public record RegistrySettings(
        Path dataDir,
        List<KeyFile> signingKeys,
        DatabaseSettings database,
        Optional<Path> operatorTokens,
        Duration taskTimeout,
        Choice choice,
        Pace pace,
        Duration searchBudget,
        List<Recipe> candidates,
        long maxBlobBytes,
        SandboxLimits sandbox,
        Optional<RepositoryPrefix> builds,
        Duration buildsPatience,
        Duration blobGrace,
        Duration candidateAge,
        SampleRules samples,
        GatePolicy gate) {

    public RegistrySettings {
        signingKeys = List.copyOf(signingKeys);
        candidates = List.copyOf(candidates);
    }

    /** @throws IllegalConfigurationException at the first setting that breaks its rule */
    public static RegistrySettings of(RegistryConfig config) {
        var dataDir = folder(config.dataDir());
        return new RegistrySettings(
                dataDir,
                keys(config.signingKeys()),
                DatabaseSettings.of(config, dataDir),
                config.operatorTokens().filter(file -> !file.isBlank()).map(RegistrySettings::operators),
                duration("task-timeout", config.taskTimeout()),
                new Choice(positive("calibration-gateways", config.calibrationGateways(), 1)),
                pace(config),
                duration("search-budget", config.searchBudget()),
                recipes(config.candidates()),
                number(
                        "max-blob-bytes",
                        config.maxBlobBytes(),
                        Long::parseLong,
                        n -> n > 0,
                        "must be a positive whole number"),
                new SandboxLimits(
                        duration("sandbox-time", config.sandboxTime()),
                        number(
                                "sandbox-mb",
                                config.sandboxMb(),
                                Integer::parseInt,
                                n -> n >= SandboxLimits.LEAST_MB,
                                "must be a whole number of at least " + SandboxLimits.LEAST_MB)),
                builds(config),
                duration("builds-patience", config.buildsPatience()),
                grace(config.blobGrace()),
                duration("candidate-age", config.candidateAge()),
                samples(config),
                gate(config));
    }

    /**
     * The collector of traces; empty for no traces.
     *
     * @throws IllegalConfigurationException if it is no address
     */
    public static Optional<URI> traceUrl(RegistryConfig config) {
        return config.traceUrl().filter(url -> !url.isBlank()).map(RegistrySettings::collector);
    }

    private static URI collector(String text) {
        var rule = "must look like http://host:port";
        try {
            var url = URI.create(text.strip());
            if (List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException("trace-url", text, rule);
        }
        throw new IllegalConfigurationException("trace-url", text, rule);
    }

    private static Path operators(String file) {
        try {
            return Operators.file(file);
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException("operator-tokens", file, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<RepositoryPrefix> builds(RegistryConfig config) {
        try {
            return RepositoryPrefix.of(config.buildsUrl(), config.buildsLogin());
        } catch (RepositoryPrefix.IllegalPrefixException e) {
            throw new IllegalConfigurationException(e.setting(), e.value(), e.rule());
        }
    }

    private static List<KeyFile> keys(List<String> words) {
        var keys = new ArrayList<KeyFile>();
        for (var word : words) {
            var at = word.lastIndexOf('@');
            var file = (at < 0 ? word : word.substring(0, at)).strip();
            try {
                keys.add(new KeyFile(
                        file,
                        at < 0
                                ? Optional.empty()
                                : Optional.of(
                                        Instant.parse(word.substring(at + 1).strip()))));
            } catch (DateTimeParseException e) {
                throw new IllegalConfigurationException(
                        "signing-keys", word, "must be FILE or FILE@INSTANT, such as old.json@2026-12-31T00:00:00Z");
            }
        }
        if (keys.stream().allMatch(key -> key.until().isPresent())) {
            throw new IllegalConfigurationException(
                    "signing-keys",
                    String.join(",", words),
                    "must name a key without an end, to sign with from then on");
        }
        return keys;
    }

    private static Pace pace(RegistryConfig config) {
        var budget = number(
                "daily-budget", config.dailyBudget(), Integer::parseInt, n -> n > 0, "must be a positive whole number");
        try {
            var cooldown = Duration.parse(config.cooldown());
            if (!cooldown.isNegative()) {
                return new Pace(cooldown, budget);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalConfigurationException(
                    "cooldown", config.cooldown(), "must be an ISO-8601 duration like PT4H");
        }
        throw new IllegalConfigurationException("cooldown", config.cooldown(), "must not be negative");
    }

    private static SampleRules samples(RegistryConfig config) {
        var windows = positive("sample-windows", config.sampleWindows(), 1);
        var bytes = positive("sample-bytes", config.sampleBytes(), 1);
        return new SampleRules(
                windows,
                bytes,
                positive("sample-job-windows", config.sampleJobWindows(), windows),
                positive("sample-job-bytes", config.sampleJobBytes(), bytes),
                duration("sample-age", config.sampleAge()));
    }

    private static int positive(String property, String text, int least) {
        return number(
                property,
                text,
                Integer::parseInt,
                n -> n >= least && n < Integer.MAX_VALUE,
                "must be a whole number of at least " + least);
    }

    private static GatePolicy gate(RegistryConfig config) {
        Predicate<Double> share = value -> value >= 0 && value <= 1;
        var rule = "must be a number between 0 and 1";
        return new GatePolicy(
                number(
                        "gate-min-windows",
                        config.gateMinWindows(),
                        Long::parseLong,
                        n -> n > 0,
                        "must be a positive whole number"),
                GatePolicy.DEFAULT.minPerClass(),
                GatePolicy.DEFAULT.minLabelled(),
                number("gate-delta-ratio", config.gateDeltaRatio(), Double::parseDouble, share, rule),
                number("gate-max-clipped", config.gateMaxClipped(), Double::parseDouble, share, rule),
                GatePolicy.DEFAULT.agreementSlack(),
                ratio("gate-latency-ratio", config.gateLatencyRatio()),
                number("gate-promised-loss", config.gatePromisedLoss(), Double::parseDouble, share, rule),
                ratio("gate-memory-ratio", config.gateMemoryRatio()),
                number(
                        "gate-confidence",
                        config.gateConfidence(),
                        Double::parseDouble,
                        value -> value > 0.5 && value < 1,
                        "must be a number between 0.5 and 1, both excluded"));
    }

    private static double ratio(String property, String text) {
        return number(property, text, Double::parseDouble, value -> value >= 1, "must be a number of at least 1");
    }

    private static Path folder(String text) {
        var rule = "must be a folder that can be made and written";
        if (text.isBlank()) {
            throw new IllegalConfigurationException("data-dir", text, rule);
        }
        try {
            var folder = Files.createDirectories(
                    Path.of(text.strip()).toAbsolutePath().normalize());
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalConfigurationException("data-dir", text, rule + ": " + e);
        }
        throw new IllegalConfigurationException("data-dir", text, rule);
    }

    private static Duration grace(String text) {
        var grace = duration("blob-grace", text);
        if (grace.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalConfigurationException(
                    "blob-grace", text, "must be PT1M at least: that long a push may take");
        }
        return grace;
    }

    private static Duration duration(String property, String text) {
        try {
            var duration = Duration.parse(text);
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalConfigurationException(property, text, "must be an ISO-8601 duration like PT15S");
        }
        throw new IllegalConfigurationException(property, text, "must be longer than nothing");
    }

    private static List<Recipe> recipes(List<String> words) {
        var recipes = new ArrayList<Recipe>();
        if (words.size() == 1 && words.get(0).strip().equals("auto")) {
            return recipes;
        }
        for (var word : words) {
            try {
                var recipe = Recipe.parse(word.strip());
                if (recipe.method() != Recipe.Method.STATIC) {
                    throw new IllegalConfigurationException(
                            "candidates",
                            word,
                            "must be a static recipe, since a dynamic one has no calibration, or auto alone");
                }
                recipes.add(recipe);
            } catch (IllegalArgumentException e) {
                throw new IllegalConfigurationException(
                        "candidates", word, "must be auto alone, or a recipe: " + e.getMessage());
            }
        }
        return recipes;
    }

    private static <T> T number(
            String property, String text, Function<String, T> parse, Predicate<T> rule, String words) {
        try {
            var value = parse.apply(text.strip());
            if (rule.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalConfigurationException(property, text, words);
        }
        throw new IllegalConfigurationException(property, text, words);
    }
}
