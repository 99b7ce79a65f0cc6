package io.plumbline.gateway.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The properties as they were typed. {@link GatewaySettings#from} checks them; nothing else reads this. */
@ConfigMapping(prefix = "plumbline.gateway")
public interface GatewayConfig {

    /** File with the token that this gateway was invited with; it then needs neither a name nor, if the invitation has one, a site. */
    Optional<String> joinTokenFile();

    /** Name of this gateway in the fleet, also its MQTT client id. */
    Optional<String> id();

    /** Site it stands on. */
    Optional<String> site();

    /** Folder for outbox, snapshots, assignment and models. */
    @WithDefault("data")
    String dataDir();

    /** MQTT 5 broker, {@code tcp://host:port} or {@code ssl://host:port}. */
    Optional<String> mqttUrl();

    /** Plumbline's registry, {@code http(s)://host:port}. */
    Optional<String> registryUrl();

    /** Where builds are pulled from, {@code http(s)://host/prefix} of any OCI registry; without it, from Plumbline's. */
    Optional<String> buildsUrl();

    /** File that says who pulls there, as {@code docker login} writes it; without it the environment, or docker's own file. */
    Optional<String> buildsLogin();

    /** Control plane, {@code http(s)://host:port}. */
    Optional<String> fleetUrl();

    /** File with the Ed25519 public keys that may sign builds: a JSON list of base64 X.509. */
    Optional<String> trustRoot();

    /** Wall-clock time between two heartbeats. */
    @WithDefault("PT1S")
    String heartbeat();

    /** Recent windows kept per stream for calibration. */
    @WithDefault("1024")
    String reservoirSize();

    /** Device time after which a window is too old for calibration. */
    @WithDefault("PT1H")
    String reservoirHorizon();

    /** Event time that a statistics window stays open after its end, for readings out of order. */
    @WithDefault("PT30S")
    String statsGrace();

    /** Percent of one processor core that FP32 beside INT8 may take. */
    @WithDefault("10")
    String shadowPercent();

    /** Percent of one processor core that FP32 and candidates may take in a recalibration. */
    @WithDefault("50")
    String calibrationPercent();

    /** How far the clock of a device may be ahead of this machine's. */
    @WithDefault("PT1H")
    String clockSkew();

    /**
     * The time from one taking up of messages to the next, at least: what comes in between is answered and made durable together. A
     * larger one spares flash, processor and Kafka, and delays results by up to as much; after a pause nothing waits.
     */
    @WithDefault("PT0.003S")
    String outboxDelay();

    /** Bytes of outbox that may wait for Kafka before the gateway stops taking messages. */
    @WithDefault("268435456")
    String outboxMaxBytes();

    /** How long a record may wait for Kafka; without it, for ever. */
    Optional<String> outboxMaxAge();

    /** What happens beyond these bounds: {@code block} or {@code drop-oldest}. */
    @WithDefault("block")
    String outboxPolicy();

    /** Devices whose last readings are remembered, in all streams. */
    @WithDefault("10000")
    String maxDevices();

    /** What happens when messages come faster than they are answered: {@code block}, {@code drop-oldest} or {@code drop-newest}. */
    @WithDefault("block")
    String inboxPolicy();

    /** Bytes of fetched models to keep; builds that are assigned or that are the last good ones are kept beyond it. */
    @WithDefault("1073741824")
    String modelsMaxBytes();

    /** File with the 32 bytes of the key that encrypts the recent windows on disk; without it they lie there as they are. */
    Optional<String> reservoirKey();

    /** OpenTelemetry collector that takes OTLP/HTTP, {@code http(s)://host:port}; without it nothing is traced. */
    Optional<String> traceUrl();

    /** Share of the messages without a {@code traceparent} that are traced, 0 to 1. */
    @WithDefault("0.01")
    String traceShare();
}
