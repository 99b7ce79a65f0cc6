package io.plumbline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.login.RepositoryPrefix;
import io.plumbline.gateway.core.outbox.Overflow;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "id", "gw-north",
            "site", "north",
            "mqtt-url", "tcp://127.0.0.1:1883",
            "registry-url", "http://127.0.0.1:8082",
            "fleet-url", "http://127.0.0.1:8083",
            "trust-root", "trust.json");

    @Test
    void hasDefaultsForEverythingButWhoAndWhere() {
        // When
        var settings = settings(LEAST);

        // Then
        assertThat(settings)
                .isEqualTo(new GatewaySettings(
                        Optional.of(new GatewayId("gw-north")),
                        Optional.of(new SiteId("north")),
                        Optional.empty(),
                        Path.of("data"),
                        URI.create("tcp://127.0.0.1:1883"),
                        URI.create("http://127.0.0.1:8082"),
                        URI.create("http://127.0.0.1:8083"),
                        Path.of("trust.json"),
                        Duration.ofSeconds(1),
                        1024,
                        Duration.ofHours(1),
                        Duration.ofSeconds(30),
                        10,
                        50,
                        Duration.ofHours(1),
                        Duration.ofMillis(3),
                        268_435_456,
                        Optional.empty(),
                        Overflow.BLOCK,
                        Overflow.BLOCK,
                        10_000,
                        1L << 30,
                        Optional.empty(),
                        0.01,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void readsEveryProperty() {
        // Given
        var all = new HashMap<>(LEAST);
        all.putAll(Map.of(
                "data-dir", "/var/lib/plumbline",
                "mqtt-url", "ssl://broker:8883",
                "heartbeat", "PT2S",
                "reservoir-size", "64",
                "reservoir-horizon", "PT2H",
                "stats-grace", "PT0S",
                "shadow-percent", "25",
                "clock-skew", "PT5M",
                "outbox-max-bytes", "16777216",
                "models-max-bytes", "5000000000"));
        all.put("trace-url", "http://127.0.0.1:4318");
        all.put("trace-share", "1");
        all.put("builds-url", "https://ghcr.io/plant/models");
        all.put("builds-login", "/run/secrets/registry.json");
        all.put("reservoir-key", "/etc/plumbline/reservoir.key");

        all.put("outbox-delay", "PT0.05S");
        all.put("outbox-max-age", "P2D");
        all.put("outbox-policy", "drop-oldest");
        all.put("inbox-policy", "drop-newest");
        all.put("max-devices", "50");

        // When
        var settings = settings(all);

        // Then
        assertThat(settings.outboxDelay()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.outboxMaxAge()).contains(Duration.ofDays(2));
        assertThat(settings.outboxPolicy()).isEqualTo(Overflow.DROP_OLDEST);
        assertThat(settings.maxDevices()).isEqualTo(50);
        assertThat(settings.inboxPolicy()).isEqualTo(Overflow.DROP_NEWEST);
        assertThat(settings.dataDir()).isEqualTo(Path.of("/var/lib/plumbline"));
        assertThat(settings.mqttUrl()).isEqualTo(URI.create("ssl://broker:8883"));
        assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.reservoirSize()).isEqualTo(64);
        assertThat(settings.reservoirHorizon()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.statsGrace()).isZero();
        assertThat(settings.shadowPercent()).isEqualTo(25);
        assertThat(settings.clockSkew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.outboxMaxBytes()).isEqualTo(16_777_216);
        assertThat(settings.modelsMaxBytes()).isEqualTo(5_000_000_000L);
        assertThat(settings.traceUrl()).contains(URI.create("http://127.0.0.1:4318"));
        assertThat(settings.traceShare()).isEqualTo(1);
        assertThat(settings.builds())
                .contains(new RepositoryPrefix(
                        URI.create("https://ghcr.io/plant/models"),
                        Optional.of(Path.of("/run/secrets/registry.json"))));
        assertThat(settings.reservoirKey()).contains(Path.of("/etc/plumbline/reservoir.key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "site", "mqtt-url", "registry-url", "fleet-url", "trust-root"})
    void namesWhatIsMissing(String property) {
        // Given
        var without = new HashMap<>(LEAST);
        without.remove(property);

        // Then
        assertThatThrownBy(() -> settings(without))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage("plumbline.gateway." + property + " is not set; it is required");
    }

    @Test
    void whoComesByInvitationNeedNotSayWhoItIs() {
        // Given
        var invited = new HashMap<>(LEAST);
        invited.remove("id");
        invited.remove("site");
        invited.put("join-token-file", "/run/secrets/join");

        // When
        var settings = settings(invited);

        // Then
        assertThat(settings.id()).isEmpty();
        assertThat(settings.site()).isEmpty();
        assertThat(settings.joinTokenFile()).contains(Path.of("/run/secrets/join"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id                | GW North         | must be 1 to 63 characters
            mqtt-url          | foo              | must look like tcp://host:port
            mqtt-url          | tcp://broker     | must look like tcp://host:port
            registry-url      | ftp://host       | must look like http://host:port
            fleet-url         | not a url        | is not valid
            heartbeat         | 1s               | must be an ISO-8601 duration of at least PT0.1S
            heartbeat         | PT0.01S          | must be an ISO-8601 duration of at least PT0.1S
            reservoir-size    | 1                | must be a whole number of at least 2 and at most 1000000
            reservoir-size    | many             | must be a whole number
            stats-grace       | PT-1S            | must be an ISO-8601 duration of at least PT0S
            shadow-percent    | 0                | must be a whole number of at least 1 and at most 10000
            calibration-percent | 101            | must be a whole number of at least 1 and at most 100
            outbox-delay      | PT1.001S         | must be an ISO-8601 duration from PT0S to PT1S
            outbox-delay      | PT-0.001S        | must be an ISO-8601 duration from PT0S to PT1S
            outbox-delay      | 5ms              | must be an ISO-8601 duration from PT0S to PT1S
            clock-skew        | PT0S             | must be an ISO-8601 duration of at least PT1S
            outbox-max-bytes  | 1000             | must be a whole number of at least 16777216
            outbox-max-age    | PT1S             | must be an ISO-8601 duration of at least PT1M
            outbox-policy     | drop-newest      | is not valid: must be one of block, drop-oldest
            inbox-policy      | drop             | is not valid: must be one of block, drop-oldest, drop-newest
            max-devices       | 0                | must be a whole number of at least 1
            models-max-bytes  | -1               | must be a whole number of at least 0
            trace-url         | collector:4318   | must look like http://host:port
            trace-share       | 1.5              | must be a number from 0 to 1
            builds-url        | ghcr.io/plant    | must look like https://host/prefix
            builds-url        | https://h/Plant  | must look like https://host/prefix
            builds-url        | https://h/p?x=y  | must look like https://host/prefix
            builds-login      | login.json       | is for builds-url: set both, or none
            trace-share       | some             | must be a number from 0 to 1
            """)
    void namesPropertyValueAndRuleInOneLine(String property, String value, String rule) {
        // Given
        var broken = new HashMap<>(LEAST);
        broken.put(property, value);

        // Then
        assertThatThrownBy(() -> settings(broken))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("plumbline.gateway." + property + " is '" + value + "'; it ")
                .hasMessageContaining(rule)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aPasswordInAnAddressIsRefusedAndNotShown() {
        // Given
        var broken = new HashMap<>(LEAST);
        broken.put("builds-url", "https://ada:s3cret@ghcr.io/plant");

        // Then
        assertThatThrownBy(() -> settings(broken))
                .hasMessageContaining("must not hold a password")
                .hasMessageNotContaining("s3cret");
    }

    private static GatewaySettings settings(Map<String, String> properties) {
        var builder = new SmallRyeConfigBuilder().withMapping(GatewayConfig.class);
        properties.forEach((name, value) -> builder.withDefaultValue("plumbline.gateway." + name, value));
        return GatewaySettings.from(builder.build().getConfigMapping(GatewayConfig.class));
    }
}
