package io.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.registry.config.IllegalConfigurationException;
import io.plumbline.registry.config.RegistryConfig;
import io.plumbline.registry.config.RegistrySettings;
import io.plumbline.registry.core.signing.KeyFile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {

    @TempDir
    Path folder;

    private final DiskWiring wiring = new DiskWiring();

    @Test
    void aFolderThatCannotBeMadeEndsTheStartWithOneLine() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> settings(file.resolve("data")))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageStartingWith("plumbline.registry.data-dir '" + file.resolve("data")
                        + "' must be a folder that can be made and written");
    }

    @Test
    void aDamagedFileEndsTheStartWithOneLineThatNamesIt() throws IOException {
        // Given
        var settings = settings(folder);
        wiring.repositories(settings);
        wiring.keys(settings, Clock.systemUTC());
        Files.writeString(folder.resolve("layout/index.json"), "{\"manifests\": [{}]}");
        Files.writeString(folder.resolve("signing-key.json"), "{\"pkcs8\": \"AAAA\", \"x509\": \"AAAA\"}");

        // When
        var layout = catchThrowable(() -> wiring.repositories(settings));
        var key = catchThrowable(() -> wiring.keys(settings, Clock.systemUTC()));

        // Then
        assertThat(RegistryMain.sentence(layout))
                .startsWith("plumbline.registry.data-dir '" + folder + "' must hold its 'layout' undamaged")
                .doesNotContain("\n");
        assertThat(RegistryMain.sentence(key))
                .startsWith("plumbline.registry.data-dir '" + folder + "' must hold its 'signing-key.json' undamaged")
                .doesNotContain("\n");
    }

    @Test
    void ofSeveralKeysTheOneThatIsDamagedIsNamedAlone() throws IOException {
        // Given
        wiring.keys(settings(folder, "new.json"), Clock.systemUTC());
        Files.writeString(folder.resolve("old.json"), "{}");

        // When
        var failure = catchThrowable(
                () -> wiring.keys(settings(folder, "new.json, old.json@2026-12-31T00:00:00Z"), Clock.systemUTC()));

        // Then
        assertThat(RegistryMain.sentence(failure))
                .startsWith("plumbline.registry.data-dir '" + folder + "' must hold its 'old.json' undamaged");
    }

    @Test
    void keysAreFilesAndInstantsAndOneHasNoEnd() {
        assertThat(settings(folder).signingKeys()).containsExactly(new KeyFile("signing-key.json", Optional.empty()));
        assertThat(settings(folder, "new.json, old.json@2026-12-31T00:00:00Z").signingKeys())
                .containsExactly(
                        new KeyFile("new.json", Optional.empty()),
                        new KeyFile("old.json", Optional.of(Instant.parse("2026-12-31T00:00:00Z"))));
        assertThatThrownBy(() -> settings(folder, "old.json@soon"))
                .hasMessage("plumbline.registry.signing-keys 'old.json@soon' must be FILE or FILE@INSTANT, such as"
                        + " old.json@2026-12-31T00:00:00Z");
        assertThatThrownBy(() -> settings(folder, "old.json@2026-12-31T00:00:00Z"))
                .hasMessageContaining("must name a key without an end");
    }

    private static RegistrySettings settings(Path dataDir) {
        return settings(dataDir, "signing-key.json");
    }

    private static RegistrySettings settings(Path dataDir, String keys) {
        var properties =
                Map.of("plumbline.registry.data-dir", dataDir.toString(), "plumbline.registry.signing-keys", keys);
        return RegistrySettings.of(new SmallRyeConfigBuilder()
                .withMapping(RegistryConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(RegistryConfig.class));
    }
}
