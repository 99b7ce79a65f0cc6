package io.plumbline.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeededTest {

    @TempDir
    private Path folder;

    private Optional<String> before = Optional.empty();

    @BeforeEach
    void remember() {
        before = Optional.ofNullable(System.getProperty(Needed.ALL));
        System.clearProperty(Needed.ALL);
    }

    @AfterEach
    void restore() {
        before.ifPresentOrElse(all -> System.setProperty(Needed.ALL, all), () -> System.clearProperty(Needed.ALL));
    }

    @Test
    void withoutTheProgramTheTestIsSkippedAndSaysWhy() {
        assertThatThrownBy(() -> Needed.program("gauge", Stream.of(folder.resolve("gauge"))))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("skipped: gauge is not installed");
    }

    @Test
    void whereEverythingIsRequiredTheTestFailsAndNamesTheProgram() {
        // Given
        System.setProperty(Needed.ALL, "true");

        // Then
        assertThatThrownBy(() -> Needed.program("gauge", Stream.of(folder.resolve("gauge"))))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("gauge is not installed, and plumbline.require-all is set");
    }

    @Test
    void theFirstThatCanBeRunIsTaken() throws IOException {
        // Given
        System.setProperty(Needed.ALL, "true");
        var text = Files.writeString(folder.resolve("text"), "");
        var gauge = Files.writeString(folder.resolve("gauge"), "");
        assertThat(gauge.toFile().setExecutable(true)).isTrue();

        // Then
        assertThat(Needed.program("gauge", Stream.of(folder.resolve("missing"), text, gauge)))
                .isEqualTo(gauge);
    }
}
