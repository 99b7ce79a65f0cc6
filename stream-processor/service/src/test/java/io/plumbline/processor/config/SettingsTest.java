package io.plumbline.processor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.drift.VerdictPolicy;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String PREFIX = "plumbline.processor.";

    @TempDir
    private Path folder;

    @Test
    void defaults() {
        var settings = settings(Map.of());

        assertThat(settings.registryUrl()).isEmpty();
        assertThat(settings.policy().labelRetention()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.policy().evaluation().horizon()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.policy().evaluation().confidenceHorizon()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.policy().evaluation().retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.policy().evaluation().clockSkew()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.policy().evaluation().confirmations()).isEqualTo(2);
        assertThat(settings.policy().evaluation().verdicts()).isEqualTo(VerdictPolicy.DEFAULT);
        assertThat(settings.policy().recalibration().cooldown()).isEqualTo(Duration.ofHours(4));
        assertThat(settings.policy().recalibration().dailyBudget()).isEqualTo(12);
        assertThat(settings.policy().recalibration().freshness()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void everyPropertyArrives() {
        var settings = settings(Map.ofEntries(
                Map.entry("state-dir", folder.resolve("made/on/demand").toString()),
                Map.entry("registry-url", "http://registry:8081"),
                Map.entry("horizon", "PT1H"),
                Map.entry("confidence-horizon", "PT3H"),
                Map.entry("retention", "P2D"),
                Map.entry("label-retention", "PT6H"),
                Map.entry("clock-skew", "PT2H"),
                Map.entry("confirmations", "3"),
                Map.entry("min-compared", "400"),
                Map.entry("clip-floor", "0.1"),
                Map.entry("agreement-floor", "0.9"),
                Map.entry("psi-floor", "1.5"),
                Map.entry("cooldown", "PT0S"),
                Map.entry("daily-budget", "5")));

        assertThat(settings.stateDir())
                .isEqualTo(folder.resolve("made/on/demand"))
                .isDirectory();
        assertThat(settings.registryUrl()).contains(URI.create("http://registry:8081"));
        assertThat(settings.policy().labelRetention()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.policy().evaluation().horizon()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.policy().evaluation().confidenceHorizon()).isEqualTo(Duration.ofHours(3));
        assertThat(settings.policy().evaluation().retention()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.policy().evaluation().clockSkew()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.policy().evaluation().confirmations()).isEqualTo(3);
        assertThat(settings.policy().evaluation().verdicts())
                .isEqualTo(new VerdictPolicy(0.1, 0.9, 1.5, 0.75, 0.1, 400, 20, 0.95, 0.9999, 20, 3));
        assertThat(settings.policy().recalibration().cooldown()).isZero();
        assertThat(settings.policy().recalibration().dailyBudget()).isEqualTo(5);
        assertThat(settings.policy().recalibration().freshness()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "horizon; 30m; must be an ISO-8601 duration of at least PT1M, such as PT30M",
                "horizon; PT59S; must be an ISO-8601 duration of at least PT1M, such as PT30M",
                "confidence-horizon; PT0S; must be an ISO-8601 duration of at least PT1M, such as PT30M",
                "retention; PT10M; must be an ISO-8601 duration of at least PT30M, such as PT30M",
                "label-retention; P; must be an ISO-8601 duration of at least PT1M, such as PT30M",
                "cooldown; -PT1H; must be an ISO-8601 duration of at least PT0S, such as PT30M",
                "confirmations; 0; must be a whole number from 1 to 1000000",
                "confirmations; two; must be a whole number from 1 to 1000000",
                "daily-budget; -1; must be a whole number from 1 to 1000000",
                "min-compared; 1.5; must be a whole number from 1 to 1000000",
                "clip-floor; 25 %; must be a number from 0 to 1",
                "clip-floor; NaN; must be a number from 0 to 1",
                "agreement-floor; 1.01; must be a number from 0 to 1",
                "psi-floor; -0.1; must be a number from 0 to 1000000",
                "registry-url; registry:8081; must look like http://host:port",
                "registry-url; http://; must look like http://host:port",
                "registry-url; not a url; must look like http://host:port"
            })
    void aBrokenValueIsNamedWithItsPropertyAndItsRule(String property, String value, String rule) {
        assertThatThrownBy(() -> settings(Map.of(property, value)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage(PREFIX + property + " is '" + value + "'; it " + rule);
    }

    @Test
    void aStateFolderThatIsAFileIsRefused() throws java.io.IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> settings(Map.of("state-dir", file.toString())))
                .hasMessage(PREFIX + "state-dir is '" + file + "'; it must be a folder that can be made and written");
    }

    private Settings settings(Map<String, String> properties) {
        var all = new HashMap<String, String>();
        all.put(PREFIX + "state-dir", folder.toString());
        properties.forEach((name, value) -> all.put(PREFIX + name, value));
        var config = new SmallRyeConfigBuilder()
                .withMapping(VerdictConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 1))
                .build();
        return Settings.from(config.getConfigMapping(VerdictConfig.class));
    }
}
