package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.registry.adapter.disk.AttemptFiles;
import io.plumbline.registry.adapter.disk.Deaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionJobsTest extends PushedClimate {

    @Test
    void oneRecipeThatFailsIsToldAndKeepsNoOtherFromBeingBuilt() throws Exception {
        // When
        var failure = jobs.run(push("recipes: [qat, dynamic, best]"));

        // Then
        assertThat(failure)
                .hasValueSatisfying(because -> assertThat(because)
                        .contains("recipe qat: no Conv", "recipe 'best' is not known; known are dynamic"));
        var version = view();
        assertThat(version.state()).isEqualTo("FAILED");
        assertThat(version.because()).isEqualTo(failure.get());
        assertThat(version.builds()).extracting(build -> build.card().recipe()).containsExactly("dynamic");
        var environment = version.builds().get(0).card().environment().orElseThrow();
        assertThat(environment.jvm()).endsWith(System.getProperty("java.runtime.version"));
        assertThat(environment.processor()).isNotBlank();
    }

    @Test
    void aRecipeThatEndedTheProcessAgainAndAgainIsRefusedUntilItIsPushedAgain() throws Exception {
        // Given: what is left of a process that ended five times during one recipe
        var version = push("recipes: [fp16, dynamic]");
        var deadly = "recipe dynamic of " + MODEL;
        jobs = counting();
        Deaths.during(folder.resolve("attempts"), version.manifest().digest().value(), deadly, Attempts.MOST);

        // When
        var failure = jobs.run(version);

        // Then
        assertThat(failure).hasValueSatisfying(because -> assertThat(because).contains("5 times in a row", deadly));
        assertThat(view().state()).isEqualTo("FAILED");
        assertThat(view().builds()).extracting(build -> build.card().recipe()).containsExactly("fp16");
        jobs.tryAgain(version);
        assertThat(jobs.run(version)).isEmpty();
    }

    @ParameterizedTest(name = "in its run {0}")
    @ValueSource(ints = {1, 2})
    void killsWhileTheSandboxWorksAreNotTheModelsFault(int killed) throws Exception {
        // Given: what kills at random kept meeting the FP32 model, or the build, in a process of its own
        var version = push("recipes: [dynamic]");
        for (int i = 0; i < Attempts.MOST; i++) {
            var runs = new AtomicInteger();
            var left = new HashMap<Path, byte[]>();
            counting((onnx, questions) -> {
                        if (runs.incrementAndGet() == killed) {
                            left.putAll(Deaths.left(folder.resolve("attempts")));
                            throw new BuildException("cut off");
                        }
                        return new InProcess().run(onnx, questions);
                    })
                    .run(version);
            Deaths.restore(left);
        }

        // When
        jobs = counting();

        // Then
        assertThat(jobs.run(version)).isEmpty();
        assertThat(folder.resolve("attempts")).isEmptyDirectory();
    }

    @Test
    void aModelThatTakesTheRegistryDownFromItsSandboxIsRefusedInTheEnd() throws Exception {
        // Given: its process had so much memory that the machine ended the registry's
        var version = push("recipes: [dynamic]");
        for (int i = 0; i < Attempts.MOST_ASIDE; i++) {
            var left = new HashMap<Path, byte[]>();
            counting((onnx, questions) -> {
                        left.putAll(Deaths.left(folder.resolve("attempts")));
                        throw new BuildException("cut off");
                    })
                    .run(version);
            Deaths.restore(left);
        }

        // When
        jobs = counting();

        // Then
        assertThat(jobs.run(version))
                .hasValueSatisfying(because -> assertThat(because).contains("20 times in a row", "in its sandbox"));
    }

    private VersionJobs counting() throws Exception {
        return counting(new InProcess());
    }

    private VersionJobs counting(Sandbox sandbox) throws Exception {
        return new VersionJobs(
                catalog,
                publisher,
                new Workbench.Tools(sandbox, AttemptFiles.open(folder.resolve("attempts"))),
                Duration.ofMinutes(1),
                Clock.systemUTC());
    }

    @Test
    void aProcessThatIsKilledFiveTimesSomewhereInASearchDoesNotRefuseTheModel() throws Exception {
        // Given: a search takes minutes, and so is what anything that kills at random hits
        var version = push("recipes: [auto]\ngoal: {cosine: 0.9, measure: size}");
        jobs = counting();
        var name = version.manifest().digest().value();
        for (int run = 1; run <= Attempts.MOST; run++) {
            Deaths.during(folder.resolve("attempts"), name, "run " + run + " of the search for " + MODEL, 1);
        }

        // Then
        assertThat(jobs.run(version)).isEmpty();
        assertThat(folder.resolve("attempts")).isEmptyDirectory();
    }

    @Test
    void aTrialThatEndedTheProcessAgainAndAgainIsOneThatFailed() throws Exception {
        // Given
        var version = push("recipes: [auto]\ngoal: {cosine: 0.9, measure: size}");
        jobs = counting();
        var name = version.manifest().digest().value();
        Deaths.during(folder.resolve("attempts"), name, "run 1 of the search for " + MODEL, Attempts.MOST);

        // When
        var failure = jobs.run(version);

        // Then
        assertThat(failure).isEmpty();
        var trials = view().builds().get(0).search().orElseThrow().trials();
        assertThat(trials.get(0).recipe()).isEqualTo("dynamic");
        assertThat(trials.get(0).because()).contains("5 times in a row", "run 1 of the search for " + MODEL);
        assertThat(trials.get(1).reached()).isTrue();
    }

    @Test
    void aRecipeThatBreaksTheRegistryIsAFailureToldLikeAnyOther() throws Exception {
        // Given: the disk is full, then memory is short, then all is well
        var signatures = new AtomicInteger();
        publisher = new Publisher(layout, (type, content) -> switch (signatures.incrementAndGet()) {
            case 1 -> throw new UncheckedIOException(new IOException("No space left on device"));
            case 2 -> throw new OutOfMemoryError("Java heap space");
            default -> key.sign(type, content);
        });
        jobs = new VersionJobs(
                catalog, publisher, Workbench.Tools.of(new InProcess()), Duration.ofMinutes(1), Clock.systemUTC());

        // When
        var version = push("recipes: [fp16, int4, dynamic]");
        var failure = jobs.run(version);

        // Then
        assertThat(view().state()).isEqualTo("FAILED");
        assertThat(failure)
                .hasValueSatisfying(because -> assertThat(because)
                        .contains("recipe fp16: ", "No space left on device", "recipe int4: ", "Java heap space"));
        assertThat(view().builds()).extracting(build -> build.card().recipe()).containsExactly("dynamic");
        assertThat(jobs.run(version)).isEmpty();
        assertThat(view().state()).isEqualTo("READY");
    }

    @Test
    void aVersionThatCannotBeReadKeepsNoOtherFromBeingBuilt() throws Exception {
        // Given: a repository before it in the order has a build that is none
        push("recipes: [dynamic]");
        push(new ModelName("a"), new ModelName("a"), "recipes: [dynamic]");
        var build = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", MediaTypes.BUILD);
        build.set("config", blob(MediaTypes.BUILD_CARD, "{}".getBytes(StandardCharsets.UTF_8), ""));
        build.putArray("layers");
        layout.putManifest("models/a", "broken", Json.encode(build));

        // When
        jobs.unfinished().forEach(jobs::run);

        // Then
        assertThat(view().state()).isEqualTo("READY");
    }

    @Test
    void aVersionInTheRepositoryOfAnotherModelIsBuiltForNeither() throws Exception {
        // When
        var failure = jobs.run(push(new ModelName("other"), MODEL, "recipes: [dynamic]"));

        // Then
        var because = "the card is of model 'climate-event', which belongs into models/climate-event and not into"
                + " models/other";
        assertThat(failure).contains(because);
        assertThat(jobs.view(MODEL).versions()).isEmpty();
        assertThat(jobs.view(new ModelName("other")).versions())
                .extracting(ModelView.Version::state, ModelView.Version::because)
                .containsExactly(tuple("FAILED", because));
        assertThat(catalog.builds(MODEL, Digest.of(Files.readAllBytes(ONNX)))).isEmpty();
    }

    @Test
    void theStateOfAVersionIsToldWithoutReadingItsModelAndSamples() throws Exception {
        // Given
        var manifest = push("recipes: [dynamic]").manifest();
        for (var type : List.of(MediaTypes.ONNX, MediaTypes.SAMPLES)) {
            Files.delete(folder.resolve("layout/blobs/sha256")
                    .resolve(manifest.layer(type).orElseThrow().hex()));
        }

        // Then
        assertThat(view().state()).isEqualTo("BUILDING");
    }

    @Test
    void aSearchedBuildShowsHowItWasFound() throws Exception {
        // When
        var failure = jobs.run(push("recipes: [auto]\ngoal: {cosine: 0.9, measure: size}"));

        // Then
        assertThat(failure).isEmpty();
        var version = view();
        assertThat(version.state()).isEqualTo("READY");
        assertThat(version.builds()).singleElement().satisfies(build -> {
            assertThat(build.search().orElseThrow().chosen())
                    .isEqualTo(build.card().recipe());
            assertThat(build.search().orElseThrow().trials())
                    .extracting(SearchReport.Trial::recipe)
                    .startsWith("dynamic", "static-minmax", "static-percentile", "static-mse", "static-entropy");
        });
        assertThat(jobs.unfinished()).isEmpty();
    }

    @Test
    void aGoalThatNothingReachesIsTheOutcomeOfTheVersion() throws Exception {
        jobs = new VersionJobs(
                catalog, publisher, Workbench.Tools.of(new InProcess()), Duration.ofMillis(1), Clock.systemUTC());
        jobs.run(push("recipes: [auto]\ngoal: {sqnr: 149}"));
        assertThat(view().state()).isEqualTo("FAILED");
        assertThat(view().because())
                .startsWith("recipe auto: no INT8 build reaches sqnr of at least 149.0 within the budget")
                .containsAnyOf("tried dynamic (sqnr is", "tried dynamic (not tried")
                .contains("static-mse (not tried: the budget is used up)");
        assertThat(view().builds()).isEmpty();
    }

    @Test
    void aVersionThatIsPushedAgainWithACorrectedCardIsBuiltWithThatCard() throws Exception {
        // Given
        var wrong = push("recipes: [dynamic]");
        jobs.run(wrong);
        var before = view().builds();
        // When
        var corrected = push("recipes: [dynamic]  # corrected");
        // Then
        assertThat(jobs.view(MODEL).versions())
                .extracting(ModelView.Version::state)
                .containsExactly("READY", "BUILDING");
        assertThat(jobs.unfinished()).containsExactly(corrected);
        // When
        assertThat(jobs.run(corrected)).isEmpty();
        assertThat(jobs.run(corrected)).as("once").isEmpty();
        // Then
        var versions = jobs.view(MODEL).versions();
        assertThat(versions).extracting(ModelView.Version::state).containsOnly("READY");
        assertThat(versions.get(0).builds()).isEqualTo(before);
        var build = versions.get(1).builds().get(0).manifest();
        assertThat(versions.get(1).builds()).hasSize(1);
        assertThat(layout.find(MediaTypes.repository(MODEL), build.value())
                        .orElseThrow()
                        .layer(MediaTypes.CARD))
                .isEqualTo(corrected.manifest().layer(MediaTypes.CARD));
        assertThat(catalog.versionOf(MODEL, build)).contains(corrected.manifest());
        assertThat(catalog.versionOf(MODEL, before.get(0).manifest())).contains(wrong.manifest());
    }
}
