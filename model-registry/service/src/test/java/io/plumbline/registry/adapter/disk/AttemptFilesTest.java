package io.plumbline.registry.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.registry.core.build.Attempts;
import io.plumbline.registry.core.build.BuildException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFilesTest {

    private static final String VERSION = "sha256:00";
    private static final String RECIPE = "recipe dynamic of climate-event";

    @TempDir
    Path folder;

    @Test
    void whatEndedTheProcessFiveTimesInARowIsNotTriedAgain() throws Exception {
        // Given
        Deaths.during(folder, VERSION, RECIPE, Attempts.MOST);
        var restarted = AttemptFiles.open(folder);

        // Then
        assertThatThrownBy(() -> restarted.at(VERSION, RECIPE, () -> "made"))
                .isInstanceOf(BuildException.class)
                .hasMessage(
                        "the registry's process ended 5 times in a row while it worked on recipe dynamic of climate-event, and does"
                                + " not try it again: give it more memory or mend the model, then push it or ask for it again");
        assertThat(restarted.at(VERSION, "recipe fp16 of climate-event", () -> "made"))
                .isEqualTo("made");
    }

    @Test
    void whatIsAskedForAgainIsTriedAgain() throws Exception {
        // Given
        Deaths.during(folder, VERSION, RECIPE, Attempts.MOST);
        var restarted = AttemptFiles.open(folder);

        // When
        restarted.forget(VERSION);

        // Then
        assertThat(restarted.at(VERSION, RECIPE, () -> "made")).isEqualTo("made");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatWasOverOnceWellOrNotCountsFromTheBeginning() throws Exception {
        // Given
        Deaths.during(folder, VERSION, RECIPE, Attempts.MOST - 1);
        var restarted = AttemptFiles.open(folder);

        // When
        assertThatThrownBy(() -> restarted.at(VERSION, RECIPE, () -> {
                    throw new BuildException("no Conv");
                }))
                .hasMessage("no Conv");
        Deaths.during(folder, VERSION, RECIPE, 1);

        // Then
        assertThat(AttemptFiles.open(folder).at(VERSION, RECIPE, () -> "made")).isEqualTo("made");
    }

    @Test
    void anOrderlyEndOfTheProcessIsNobodysFault() throws Exception {
        // Given
        for (int i = 0; i < Attempts.MOST; i++) {
            var process = AttemptFiles.open(folder);
            process.at(VERSION, RECIPE, () -> {
                process.close();
                return "cut off";
            });
        }

        // Then
        assertThat(AttemptFiles.open(folder).at(VERSION, RECIPE, () -> "made")).isEqualTo("made");
    }

    @Test
    void aCountThatAPowerCutDamagedIsOne() throws Exception {
        // Given
        Deaths.during(folder, VERSION, RECIPE, 1);
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "");
        }

        // Then
        assertThat(AttemptFiles.open(folder).at(VERSION, RECIPE, () -> "made")).isEqualTo("made");
    }
}
