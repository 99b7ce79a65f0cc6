package io.plumbline.registry.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where jobs are stored.
 *
 * @param url JDBC URL
 */
public record DatabaseSettings(String url, String user, String password) {

    private static final List<String> KNOWN = List.of("jdbc:h2:", "jdbc:postgresql:");

    /** @param dataDir where the database is if the configuration names none */
    static DatabaseSettings of(RegistryConfig config, Path dataDir) {
        return new DatabaseSettings(
                config.databaseUrl().map(DatabaseSettings::known).orElseGet(() -> embedded(dataDir)),
                config.databaseUser(),
                config.databasePassword().orElse(""));
    }

    private static String known(String url) {
        if (KNOWN.stream().noneMatch(url::startsWith)) {
            throw new IllegalConfigurationException(
                    "database-url", url, "must start with jdbc:h2: or jdbc:postgresql:");
        }
        return url;
    }

    /** Every commit is on disk when it returns, or a crash could forget what was already done about it. */
    private static String embedded(Path dataDir) {
        if (dataDir.toString().contains(";")) {
            throw new IllegalConfigurationException(
                    "data-dir", dataDir.toString(), "must have no ';' in its name when the database lies in it");
        }
        return "jdbc:h2:file:" + dataDir.resolve("jobs") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }
}
