package io.plumbline.gateway.adapter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.EngineOptions.Optimization;
import io.plumbline.inference.model.Tuned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineChoicesTest {

    private static final EngineOptions TWO = new EngineOptions(2, Optimization.ALL);

    @TempDir
    private Path folder;

    @Test
    void aChoiceOutlivesTheProcessOnTheSameMachineOnly() {
        // When
        on("pi").remember(FakeModel.digest("one"), new Tuned(TWO, 10, 20));

        // Then
        assertThat(on("pi").of(FakeModel.digest("one"))).contains(TWO);
        assertThat(on("pi").of(FakeModel.digest("two"))).isEmpty();
        assertThat(on("server").of(FakeModel.digest("one"))).isEmpty();
    }

    @Test
    void whatIsForgottenIsMeasuredAgain() {
        var choices = on("pi");
        choices.remember(FakeModel.digest("one"), new Tuned(TWO, 10, 20));
        choices.forget(FakeModel.digest("one"));
        assertThat(choices.of(FakeModel.digest("one"))).isEmpty();
    }

    @Test
    void theOldestChoicesLeave() {
        var choices = on("pi");
        for (int i = 0; i < 100; i++) {
            choices.remember(FakeModel.digest("build-" + i), new Tuned(TWO, 10, 20));
        }
        assertThat(on("pi").of(FakeModel.digest("build-99"))).contains(TWO);
        assertThat(on("pi").of(FakeModel.digest("build-36"))).contains(TWO);
        assertThat(on("pi").of(FakeModel.digest("build-35"))).isEmpty();
    }

    @Test
    void aDamagedFileCostsAMeasurementAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("engines.json"), "{\"choices\": [");
        assertThat(on("pi").of(FakeModel.digest("one"))).isEmpty();
    }

    @Test
    void thisMachineHasAName() {
        assertThat(Machine.identity()).contains("ONNX Runtime", System.getProperty("os.arch"));
    }

    private EngineChoices on(String machine) {
        return new EngineChoices(folder.resolve("engines.json"), machine);
    }
}
