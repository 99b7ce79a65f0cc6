package io.plumbline.fleet.config;

import io.plumbline.contract.login.Operators;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The checked settings.
 *
 * @param databaseUrl JDBC URL
 * @param silentAfter a gateway that says nothing for longer is silent
 * @param lookEvery how often rollouts are looked at
 * @param replay how far back gateway events are read after a start
 * @param registryUrl of the registry, or of a file that says where it is; empty if nobody says
 * @param operatorTokens file; empty if nobody has to show a token
 */
public record FleetSettings(
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        Duration silentAfter,
        Duration lookEvery,
        Duration replay,
        Optional<URI> registryUrl,
        Optional<Path> operatorTokens) {

    private static final String PREFIX = "plumbline.fleet.";
    private static final String REGISTRY =
            "must look like http://host:port, or like file:///path of a file whose first line does";
    private static final List<String> DATABASES = List.of("jdbc:h2:", "jdbc:postgresql:");

    /** @throws IllegalConfigurationException at the first setting that breaks its rule */
    public static FleetSettings of(FleetConfig config) {
        return new FleetSettings(
                config.databaseUrl().map(FleetSettings::knownDatabase).orElseGet(() -> embedded(config.dataDir())),
                config.databaseUser(),
                config.databasePassword().orElse(""),
                positive("silent-after", config.silentAfter()),
                positive("look-every", config.lookEvery()),
                positive("replay", config.replay()),
                config.registryUrl().filter(url -> !url.isBlank()).map(FleetSettings::registry),
                config.operatorTokens().map(FleetSettings::readable));
    }

    private static URI registry(String text) {
        try {
            var url = URI.create(text);
            var isFile = "file".equals(url.getScheme()) && url.getPath() != null;
            var isServer = List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null;
            if (isFile || isServer) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw broken("registry-url", text, REGISTRY);
        }
        throw broken("registry-url", text, REGISTRY);
    }

    /**
     * The collector of traces; empty for no traces.
     *
     * @throws IllegalConfigurationException if it is no address
     */
    public static Optional<URI> traceUrl(FleetConfig config) {
        return config.traceUrl().filter(url -> !url.isBlank()).map(FleetSettings::collector);
    }

    private static URI collector(String text) {
        var rule = "must look like http://host:port";
        try {
            var url = URI.create(text.strip());
            if (List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw broken("trace-url", text, rule);
        }
        throw broken("trace-url", text, rule);
    }

    private static Path readable(String file) {
        try {
            return Operators.file(file);
        } catch (IllegalArgumentException e) {
            throw broken("operator-tokens", file, String.valueOf(e.getMessage()));
        }
    }

    private static String knownDatabase(String url) {
        if (DATABASES.stream().noneMatch(url::startsWith)) {
            throw broken("database-url", url, "must start with jdbc:h2: or jdbc:postgresql:");
        }
        return url;
    }

    /** Every commit is on disk when it returns, or a crash could forget what was already announced. */
    private static String embedded(String dataDir) {
        var rule = "must be a folder that this process can make and write to, without ';' in its name";
        try {
            var folder = Path.of(dataDir).toAbsolutePath();
            if (dataDir.isBlank() || dataDir.contains(";") || !canHold(folder)) {
                throw broken("data-dir", dataDir, rule);
            }
            return "jdbc:h2:file:" + folder.resolve("fleet")
                    + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
        } catch (InvalidPathException e) {
            throw broken("data-dir", dataDir, rule);
        }
    }

    /** Whether the nearest folder that exists already is one to write into. */
    private static boolean canHold(Path folder) {
        for (var place = folder; place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                return Files.isDirectory(place) && Files.isWritable(place);
            }
        }
        return false;
    }

    private static Duration positive(String property, String value) {
        try {
            var duration = Duration.parse(value);
            if (duration.toMillis() > 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw broken(property, value, "must be an ISO-8601 duration like PT10S");
        }
        throw broken(property, value, "must be longer than nothing");
    }

    private static IllegalConfigurationException broken(String property, String value, String rule) {
        return new IllegalConfigurationException(PREFIX + property, value, rule);
    }
}
