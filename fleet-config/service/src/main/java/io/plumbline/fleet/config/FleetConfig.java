package io.plumbline.fleet.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The settings as text; {@link FleetSettings} checks them. */
@ConfigMapping(prefix = "plumbline.fleet")
public interface FleetConfig {

    /** Folder of the embedded database. */
    @WithDefault("data/fleet")
    String dataDir();

    /** JDBC URL of H2 or PostgreSQL; H2 in the data folder if absent. */
    Optional<String> databaseUrl();

    @WithDefault("plumbline")
    String databaseUser();

    Optional<String> databasePassword();

    /** File with the tokens of operators, one a line, NAME: TOKEN or a token alone; without it, everybody may change everything. */
    Optional<String> operatorTokens();

    /** Where pages ask for models: http://host:port, or file:///path of a file that says so; without it they show what is heard. */
    Optional<String> registryUrl();

    /** OpenTelemetry collector that takes OTLP/HTTP, {@code http(s)://host:port}; without it nothing is traced. */
    Optional<String> traceUrl();

    /** A gateway that says nothing for longer is silent. */
    @WithDefault("PT10S")
    String silentAfter();

    /** How often rollouts are looked at. */
    @WithDefault("PT0.5S")
    String lookEvery();

    /** How far back gateway events are read after a start. */
    @WithDefault("PT15M")
    String replay();
}
