package io.plumbline.registry.core.sample;

import static io.plumbline.registry.core.job.Fixtures.G1;
import static io.plumbline.registry.core.job.Fixtures.G2;
import static io.plumbline.registry.core.job.Fixtures.T0;
import static io.plumbline.registry.core.job.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.registry.adapter.disk.QuestionFolder;
import io.plumbline.registry.adapter.disk.SampleFolder;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.job.JobEvent;
import io.plumbline.registry.core.job.MemoryJobStore;
import io.plumbline.registry.core.job.NotNowException;
import io.plumbline.registry.core.job.Pace;
import io.plumbline.registry.core.job.Recalibrations;
import io.plumbline.registry.core.job.Surroundings;
import io.plumbline.registry.core.job.UnknownJobException;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

    private static final ModelName MODEL = new ModelName("m");
    private static final String JOB = "../r 1";
    private static final SampleRules RULES = new SampleRules(4, 1_000, 6, 1_500, Duration.ofHours(24));

    @TempDir
    Path folder;

    private final List<CalibrationMessage> tasks = new ArrayList<>();
    private final MemoryJobStore store = new MemoryJobStore();
    private Instant now = T0;
    private Recalibrations recalibrations = new Recalibrations(
            new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
            Pace.DEFAULT,
            store,
            new Surroundings(task -> {}, event -> {}, progress -> {}, order -> List.of(), build -> {}),
            () -> now);

    private Samples samples() throws IOException {
        return new Samples(
                RULES,
                SampleFolder.open(folder.resolve("samples")),
                recalibrations,
                new Samples.Outside(store, QuestionFolder.open(folder.resolve("questions")), tasks::add),
                () -> now);
    }

    @BeforeEach
    void begin() {
        recalibrations.requested(request(JOB, MODEL));
    }

    @Test
    void whatWasAskedForIsKeptUntilItIsDeletedAndTheHistoryTellsAll() throws Exception {
        // Given
        var samples = samples();

        // When
        samples.ask(JOB, "ada");
        samples.take(JOB, G1, npy(4));
        samples.take(JOB, G1, npy(3));
        recalibrations.answered(new CalibrationMessage.Sampled(JOB, MODEL, G1, new SiteId("north"), 3, ""));
        recalibrations.answered(new CalibrationMessage.Sampled(
                JOB, MODEL, G2, new SiteId("south"), 0, "of stream 's' nothing may be given"));

        // Then
        assertThat(tasks).containsExactly(new CalibrationMessage.Sample(JOB, MODEL, 4, 1_000));
        assertThat(samples.kept(JOB)).singleElement().isEqualTo(new SampleShelf.Kept(G1, 3, npy(3).length, T0));
        assertThat(samples.get(JOB, G1)).get().isEqualTo(npy(3));
        assertThat(samples.get(JOB, G2)).isEmpty();

        // When
        samples.delete(JOB, "ada");

        // Then
        assertThat(samples.kept(JOB)).isEmpty();
        assertThat(files()).isEmpty();
        assertThat(store.history(JOB))
                .extracting(JobEvent::what)
                .endsWith(
                        "samples asked for by ada: of each gateway at most 4 windows and 1000 bytes",
                        "keeps 4 windows, " + npy(4).length + " bytes, of g1",
                        "keeps 3 windows, " + npy(3).length + " bytes, of g1",
                        "g1 on north gave 3 windows",
                        "g2 on south gave no samples: of stream 's' nothing may be given",
                        "samples of [g1] deleted by ada");
        assertThatThrownBy(() -> samples.take(JOB, G1, npy(1)))
                .isInstanceOf(NotNowException.class)
                .hasMessageStartingWith("nobody has asked for samples of recalibration " + JOB);
    }

    @Test
    void whatIsGivenBehindARestartOfTheRegistryWasAskedForAllTheSame() throws Exception {
        // Given
        samples().ask(JOB, "ada");

        // When
        var restarted = samples();
        restarted.take(JOB, G1, npy(2));

        // Then
        assertThat(restarted.kept(JOB)).extracting(SampleShelf.Kept::windows).containsExactly(2);
    }

    @Test
    void ofWhatWasAskedForAndNeverGivenNothingStays() throws Exception {
        // Given
        var samples = samples();
        samples.ask(JOB, "ada");
        var told = store.history(JOB).size();

        // When
        samples.expire();

        // Then
        assertThat(files()).as("the folder of samples has nothing else").isEmpty();
        assertThat(files("questions")).as("it may still be given").hasSize(1);

        // When
        now = now.plus(Duration.ofMinutes(6));
        samples.expire();

        // Then
        assertThat(files("questions")).isEmpty();
        assertThat(store.history(JOB)).hasSize(told);
    }

    @Test
    void moreThanMayBeTakenIsNot() throws Exception {
        // Given
        var samples = samples();
        samples.ask(JOB, "ada");

        // Then
        assertThatThrownBy(() -> samples.take(JOB, G1, npy(5)))
                .isInstanceOf(TooManySamplesException.class)
                .hasMessage("5 windows of a gateway are more than may be taken: 4");
        assertThatThrownBy(() -> samples.take(JOB, G1, new byte[1_001]))
                .hasMessage("1001 bytes of a gateway are more than may be taken: 1000");
        assertThatThrownBy(() -> samples.take(JOB, G1, new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        samples.take(JOB, G1, npy(4));
        assertThatThrownBy(() -> samples.take(JOB, G2, npy(3)))
                .hasMessage("7 windows of a recalibration are more than may be taken: 6");
        samples.take(JOB, G2, npy(2));
        assertThat(samples.kept(JOB)).extracting(SampleShelf.Kept::windows).containsExactly(4, 2);
    }

    @Test
    void whatNobodyAskedForIsNotTaken() throws Exception {
        // Given
        var samples = samples();

        // Then
        assertThatThrownBy(() -> samples.ask("r-9", "ada")).isInstanceOf(UnknownJobException.class);
        assertThatThrownBy(() -> samples.take("r-9", G1, npy(1))).isInstanceOf(UnknownJobException.class);
        assertThatThrownBy(() -> samples.take(JOB, G1, npy(1))).isInstanceOf(NotNowException.class);
        samples.ask(JOB, "ada");
        now = T0.plus(Duration.ofMinutes(6));
        assertThatThrownBy(() -> samples.take(JOB, G1, npy(1))).isInstanceOf(NotNowException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsTooOldIsDeletedAlsoAfterARestart() throws Exception {
        // Given
        var samples = samples();
        samples.ask(JOB, "ada");
        samples.take(JOB, G1, npy(2));

        // When
        now = T0.plus(RULES.age());
        samples().expire();
        var still = samples.kept(JOB);
        now = now.plusSeconds(1);
        samples().expire();

        // Then
        assertThat(still).hasSize(1);
        assertThat(files()).isEmpty();
        assertThat(store.history(JOB))
                .last()
                .extracting(JobEvent::what, JobEvent::at)
                .containsExactly("samples of [g1] deleted: older than PT24H", now);
    }

    private List<Path> files() throws IOException {
        return files("samples");
    }

    private List<Path> files(String name) throws IOException {
        var root = folder.resolve(name);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (var files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root)).toList();
        }
    }

    /** 32 values a window. */
    private static byte[] npy(int windows) {
        return Npy.write(Tensor.of(new long[] {windows, 16, 2}, new float[windows * 32]));
    }
}
