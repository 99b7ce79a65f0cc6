package io.plumbline.fleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new FleetSettings(
                        "jdbc:h2:file:" + Path.of("data/fleet/fleet").toAbsolutePath()
                                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
                        "plumbline",
                        "",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(15),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takesEverySetting(@TempDir Path folder) throws IOException {
        var tokens = Files.writeString(folder.resolve("tokens"), "ada: her own\n\nanybody's\n");
        assertThat(settings(Map.of(
                        "plumbline.fleet.database-url", "jdbc:postgresql://db/fleet",
                        "plumbline.fleet.database-user", "me",
                        "plumbline.fleet.database-password", "secret",
                        "plumbline.fleet.silent-after", "PT1M",
                        "plumbline.fleet.look-every", "PT2S",
                        "plumbline.fleet.replay", "PT1H",
                        "plumbline.fleet.registry-url", "file:///run/registry",
                        "plumbline.fleet.operator-tokens", tokens.toString())))
                .isEqualTo(new FleetSettings(
                        "jdbc:postgresql://db/fleet",
                        "me",
                        "secret",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(2),
                        Duration.ofHours(1),
                        Optional.of(URI.create("file:///run/registry")),
                        Optional.of(tokens)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "silent-after|soon|must be an ISO-8601 duration like PT10S",
                "look-every|PT0S|must be longer than nothing",
                "replay|-PT5M|must be longer than nothing",
                "database-url|jdbc:oracle:thin:x|must start with jdbc:h2: or jdbc:postgresql:",
                "registry-url|registry:8084|must look like http://host:port, or like file:///path of a file whose first line does",
                "operator-tokens|src|must be a file that this process can read, with a token or NAME: TOKEN in each line",
                "data-dir|a;b|must be a folder that this process can make and write to, without ';' in its name",
                "data-dir|pom.xml|must be a folder that this process can make and write to, without ';' in its name"
            })
    void namesPropertyValueAndRule(String property, String value, String rule) {
        assertThatThrownBy(() -> settings(Map.of("plumbline.fleet." + property, value)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage("plumbline.fleet." + property + " = '" + value + "' " + rule);
    }

    @Test
    void namesTheLineOfAWrongTokenAndNotTheToken(@TempDir Path folder) throws IOException {
        var tokens = Files.writeString(folder.resolve("tokens"), "ada: her own\n\nbob of sea: secret\n");
        assertThatThrownBy(() -> settings(Map.of("plumbline.fleet.operator-tokens", tokens.toString())))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("NAME: TOKEN in each line: line 3: a name has letters")
                .hasMessageNotContaining("secret");
    }

    private static FleetSettings settings(Map<String, String> properties) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(FleetConfig.class)
                .withDefaultValues(properties)
                .build();
        return FleetSettings.of(config.getConfigMapping(FleetConfig.class));
    }
}
