package io.plumbline.fleet.adapter.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.fleet.core.spec.alert.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void whatIsAroundASecretInWhiteSpaceDoesNotCount() throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("token"), " t0ken \n");
        // Then
        assertThat(read(file)).isEqualTo("t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0ken\nsecond", "t0ken\r\nsecond", "t0ken\tsecond", "t0ken\u0000", "t0ken\u007fx"})
    void aSecretOfMoreThanOneLineIsRefusedByItsFileAndNotSaid(String value) throws Exception {
        // Given
        var file = Files.writeString(folder.resolve("token"), value);
        // Then
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Secrets.MissingSecretException.class)
                .hasMessage("file " + file + " must hold the secret in one line, without control characters")
                .hasNoCause();
    }

    @Test
    void aSecretOfMoreThanOneLineIsRefusedByItsVariableAndNotSaid() {
        // Given
        var secrets = new Secrets(Map.of("TOKEN", "t0ken\nsecond")::get);
        // Then
        assertThatThrownBy(() -> secrets.read(new Secret.InEnvironment("TOKEN")))
                .hasMessage("environment variable TOKEN must hold the secret in one line, without control characters");
    }

    private static String read(Path file) throws Secrets.MissingSecretException {
        return new Secrets(Map.<String, String>of()::get).read(new Secret.InFile(file.toString()));
    }
}
