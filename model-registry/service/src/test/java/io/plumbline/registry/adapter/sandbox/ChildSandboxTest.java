package io.plumbline.registry.adapter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.registry.core.build.BuildException;
import io.plumbline.registry.core.build.InProcess;
import io.plumbline.registry.core.build.SandboxLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildSandboxTest {

    private static final SandboxLimits LIMITS = new SandboxLimits(Duration.ofMinutes(2), 1024);
    private static final SelfTest QUESTIONS = questions(16);

    @TempDir
    private Path folder;

    private static SelfTest questions(int rows) {
        var values = Collections.nCopies(rows * 2, 20f);
        var window = new SelfTest.NamedTensor("window", List.of(1L, (long) rows, 2L), values);
        return new SelfTest(List.of(new SelfTest.Case(List.of(window), List.of())), 0.05);
    }

    private static ModelBytes climate() throws IOException {
        var folder = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");
        return ModelBytes.of(Files.readAllBytes(folder.resolve("climate_event_fp32.onnx")));
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void answersAsAModelInThisProcessDoes() throws Exception {
        var answers = ChildSandbox.open(folder, LIMITS).run(climate(), QUESTIONS);
        assertThat(answers).isEqualTo(new InProcess().run(climate(), QUESTIONS));
        assertThat(answers.cases().get(0).outputs()).isNotEmpty();
    }

    @Test
    void aModelThatDoesNotLoadOrRunIsRefusedWithTheRuntimesReason() throws Exception {
        var sandbox = ChildSandbox.open(folder, LIMITS);
        assertThatThrownBy(() -> sandbox.run(ModelBytes.of(new byte[] {1, 2, 3}), QUESTIONS))
                .isInstanceOf(BuildException.class)
                .hasMessageNotContaining("crashed");
        assertThatThrownBy(() -> sandbox.run(climate(), questions(3)))
                .isInstanceOf(BuildException.class)
                .hasMessageNotContaining("crashed");
    }

    @Test
    void whatAKilledRegistryLeftIsGoneAfterTheNextStart() throws Exception {
        // Given
        var box = Files.createDirectory(folder.resolve("model-1"));
        Files.write(box.resolve("model.onnx"), new byte[] {1});

        // When
        ChildSandbox.open(folder, LIMITS);

        // Then
        assertThat(box).doesNotExist();
    }

    @Test
    void aCrashOfTheRuntimeTakesOnlyTheChildWithIt() {
        assertThatThrownBy(() -> run(Crash.class, LIMITS))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("the runtime crashed on it (exit ");
    }

    @Test
    void aModelThatTakesAllMemoryIsStopped() {
        assertThatThrownBy(() -> run(Glutton.class, new SandboxLimits(Duration.ofMinutes(2), 256)))
                .isInstanceOf(BuildException.class)
                .hasMessage("it needs more than the 256 MB that a model may have");
    }

    @Test
    void aModelThatNeverAnswersIsStopped() {
        assertThatThrownBy(() -> run(Endless.class, new SandboxLimits(Duration.ofSeconds(1), 1024)))
                .isInstanceOf(BuildException.class)
                .hasMessage("it takes longer than the 1 s that a model may take to answer");
    }

    private void run(Class<?> main, SandboxLimits limits) throws Exception {
        ChildSandbox.open(folder, limits, main).run(climate(), QUESTIONS);
    }

    /** Dies as one that touches memory which is not its own. */
    static final class Crash {

        private Crash() {}

        public static void main(String[] args) throws Exception {
            var own = ProcessHandle.current().pid();
            new ProcessBuilder("sh", "-c", "kill -SEGV " + own).start().waitFor();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Takes memory that is not the heap's, as a runtime does. */
    static final class Glutton {

        private static final int MUCH = 1 << 30;
        private static final int PAGE = 4096;

        private Glutton() {}

        public static void main(String[] args) throws Exception {
            var file = Path.of(args[0]).resolve("much");
            try (var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, MUCH);
                for (int at = 0; at < MUCH; at += PAGE) {
                    memory.put(at, (byte) 1);
                }
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    static final class Endless {

        private Endless() {}

        public static void main(String[] args) throws Exception {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
