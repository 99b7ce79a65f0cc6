package io.plumbline.gateway.config;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.gateway.core.outbox.Overflow;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The checked configuration.
 *
 * @param id of a gateway that comes by invitation: the name that it would like
 * @param site the same
 * @param joinTokenFile empty for none
 * @param heartbeat wall-clock time between two heartbeats, at least 100 ms
 * @param reservoirHorizon device time, at least a minute
 * @param statsGrace event time, not negative
 * @param shadowPercent of one processor core
 * @param calibrationPercent of one processor core, 1 to 100
 * @param clockSkew at least a second
 * @param outboxDelay wall-clock time, up to a second
 * @param outboxMaxAge wall-clock time, at least a minute; empty for any
 * @param traceUrl collector; empty for no traces
 * @param traceShare in [0, 1]
 * @param reservoirKey file; empty for windows that are not encrypted
 * @param builds where builds are pulled from; empty for Plumbline's registry
 */
public record GatewaySettings(
        Optional<GatewayId> id,
        Optional<SiteId> site,
        Optional<Path> joinTokenFile,
        Path dataDir,
        URI mqttUrl,
        URI registryUrl,
        URI fleetUrl,
        Path trustRoot,
        Duration heartbeat,
        int reservoirSize,
        Duration reservoirHorizon,
        Duration statsGrace,
        int shadowPercent,
        int calibrationPercent,
        Duration clockSkew,
        Duration outboxDelay,
        long outboxMaxBytes,
        Optional<Duration> outboxMaxAge,
        Overflow outboxPolicy,
        Overflow inboxPolicy,
        int maxDevices,
        long modelsMaxBytes,
        Optional<URI> traceUrl,
        double traceShare,
        Optional<Path> reservoirKey,
        Optional<RepositoryPrefix> builds) {

    private static final String PREFIX = "plumbline.gateway.";
    private static final Set<String> MQTT = Set.of("tcp", "ssl");
    private static final Set<String> HTTP = Set.of("http", "https");
    private static final long LEAST_OUTBOX_BYTES = 16L << 20;
    private static final int MOST_WINDOWS = 1_000_000;
    private static final int MOST_DEVICES = 1_000_000;
    private static final Duration MOST_DELAY = Duration.ofSeconds(1);
    private static final int MOST_PERCENT = 10_000;

    /**
     * Of a gateway that the fleet file names.
     *
     * @throws IllegalConfigurationException that names the first broken property
     */
    public static GatewaySettings from(GatewayConfig config) {
        return from(config, config.joinTokenFile().isPresent());
    }

    /**
     * @param joins whether it comes, or came, by invitation: then it need not know who it is
     * @throws IllegalConfigurationException that names the first broken property
     */
    public static GatewaySettings from(GatewayConfig config, boolean joins) {
        return new GatewaySettings(
                known("id", config.id(), joins, GatewayId::new),
                known("site", config.site(), joins, SiteId::new),
                config.joinTokenFile().map(text -> parse("join-token-file", Optional.of(text), Path::of)),
                parse("data-dir", Optional.of(config.dataDir()), Path::of),
                url("mqtt-url", config.mqttUrl(), MQTT),
                url("registry-url", config.registryUrl(), HTTP),
                url("fleet-url", config.fleetUrl(), HTTP),
                parse("trust-root", config.trustRoot(), Path::of),
                duration("heartbeat", config.heartbeat(), Duration.ofMillis(100)),
                (int) number("reservoir-size", config.reservoirSize(), 2, MOST_WINDOWS),
                duration("reservoir-horizon", config.reservoirHorizon(), Duration.ofMinutes(1)),
                duration("stats-grace", config.statsGrace(), Duration.ZERO),
                (int) number("shadow-percent", config.shadowPercent(), 1, MOST_PERCENT),
                (int) number("calibration-percent", config.calibrationPercent(), 1, 100),
                duration("clock-skew", config.clockSkew(), Duration.ofSeconds(1)),
                outboxDelay(config.outboxDelay()),
                number("outbox-max-bytes", config.outboxMaxBytes(), LEAST_OUTBOX_BYTES, Long.MAX_VALUE),
                config.outboxMaxAge().map(age -> duration("outbox-max-age", age, Duration.ofMinutes(1))),
                parse(
                        "outbox-policy",
                        Optional.of(config.outboxPolicy()),
                        name -> Overflow.of(name, Overflow.BLOCK, Overflow.DROP_OLDEST)),
                parse("inbox-policy", Optional.of(config.inboxPolicy()), name -> Overflow.of(name, Overflow.values())),
                (int) number("max-devices", config.maxDevices(), 1, MOST_DEVICES),
                number("models-max-bytes", config.modelsMaxBytes(), 0, Long.MAX_VALUE),
                config.traceUrl().map(text -> url("trace-url", Optional.of(text), HTTP)),
                share("trace-share", config.traceShare()),
                config.reservoirKey().map(text -> parse("reservoir-key", Optional.of(text), Path::of)),
                builds(config));
    }

    private static Optional<RepositoryPrefix> builds(GatewayConfig config) {
        try {
            return RepositoryPrefix.of(config.buildsUrl(), config.buildsLogin());
        } catch (RepositoryPrefix.IllegalPrefixException e) {
            throw new IllegalConfigurationException(PREFIX + e.setting(), e.value(), e.rule());
        }
    }

    private static <T> Optional<T> known(
            String name, Optional<String> value, boolean joins, Function<String, T> parser) {
        return joins && value.isEmpty() ? Optional.empty() : Optional.of(parse(name, value, parser));
    }

    private static <T> T parse(String name, Optional<String> value, Function<String, T> parser) {
        var text = value.orElse("").strip();
        if (text.isEmpty()) {
            throw new IllegalConfigurationException(PREFIX + name, "", "is required");
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalConfigurationException(PREFIX + name, text, "is not valid: " + e.getMessage());
        }
    }

    private static URI url(String name, Optional<String> value, Set<String> schemes) {
        var uri = parse(name, value, URI::create);
        var scheme = uri.getScheme();
        if (scheme == null || !schemes.contains(scheme) || uri.getHost() == null || needsPort(uri)) {
            throw new IllegalConfigurationException(
                    PREFIX + name,
                    uri.toString(),
                    "must look like " + (schemes.equals(MQTT) ? "tcp" : "http") + "://host:port");
        }
        return uri;
    }

    private static boolean needsPort(URI uri) {
        return uri.getPort() < 0 && MQTT.contains(uri.getScheme());
    }

    private static Duration duration(String name, String text, Duration least) {
        return checked(
                name,
                text,
                Duration::parse,
                value -> value.compareTo(least) >= 0,
                "must be an ISO-8601 duration of at least " + least + ", such as PT30S");
    }

    private static Duration outboxDelay(String text) {
        return checked(
                "outbox-delay",
                text,
                Duration::parse,
                value -> !value.isNegative() && value.compareTo(MOST_DELAY) <= 0,
                "must be an ISO-8601 duration from PT0S to " + MOST_DELAY + ", such as PT0.003S");
    }

    private static double share(String name, String text) {
        return checked(
                name, text, Double::parseDouble, value -> value >= 0 && value <= 1, "must be a number from 0 to 1");
    }

    private static long number(String name, String text, long least, long most) {
        return checked(
                name,
                text,
                Long::parseLong,
                value -> value >= least && value <= most,
                "must be a whole number of at least " + least + (most == Long.MAX_VALUE ? "" : " and at most " + most));
    }

    private static <T> T checked(
            String name, String text, Function<String, T> parser, Predicate<T> isRight, String rule) {
        try {
            var value = parser.apply(text.strip());
            if (isRight.test(value)) {
                return value;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalConfigurationException(PREFIX + name, text, rule);
        }
        throw new IllegalConfigurationException(PREFIX + name, text, rule);
    }
}
