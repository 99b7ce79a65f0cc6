package io.plumbline.cli.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.client.ClientException;
import io.plumbline.judging.policy.JudgingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), yaml.replace("\\n", "\n"));
    }

    @Test
    void whatTheFileLeavesOutStaysAsItIsInForce() throws Exception {
        var proposed = PolicyFile.read(file("horizon: PT1H\nclip-floor: 0.1\nconfirmations: 3\n"))
                .over(JudgingPolicy.DEFAULT);

        assertThat(proposed.evaluation().horizon()).isEqualTo(Duration.ofHours(1));
        assertThat(proposed.evaluation().confirmations()).isEqualTo(3);
        assertThat(proposed.evaluation().verdicts().clipFloor()).isEqualTo(0.1);
        assertThat(proposed.evaluation().verdicts().psiFloor()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clip-floor: 2                    | : clip-floor is '2'; it must be a number from 0 to 1",
                "clip-flor: 0.1                   | : clip-flor is '0.1'; it is no setting of the processor: must be one of horizon, ",
                "clip-floor: [0.1]                | : clip-floor must be one value, not a list or a mapping",
                "'clip-floor: 0.1\\nclip-floor: 1' | ' line 2: not YAML: Duplicate field ''clip-floor'''",
                "'a: b: c'                        | ' line 1: not YAML: mapping values are not allowed here'",
                "just words                       | : must be a YAML mapping of settings, such as clip-floor: 0.2; there are horizon, ",
                "''                               | : must be a YAML mapping of settings, such as clip-floor: 0.2; there are horizon, "
            })
    void aWrongFileIsRefusedInOneLineThatNamesThePlace(String yaml, String line) throws IOException {
        var file = file(yaml);

        assertThatThrownBy(() -> PolicyFile.read(file).over(JudgingPolicy.DEFAULT))
                .isInstanceOf(ClientException.class)
                .hasMessageStartingWith(file + line)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml")))
                .hasMessage(
                        folder.resolve("none.yaml") + " cannot be read: there must be a file that this user may read");
    }
}
