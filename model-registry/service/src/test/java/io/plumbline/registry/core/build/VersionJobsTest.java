package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.artifact.QualityReport.Coverage;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.Npy;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.laboratory.Observation;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.registry.adapter.disk.AttemptFiles;
import io.plumbline.registry.adapter.disk.Deaths;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import io.plumbline.registry.core.carriage.Carrier;
import io.plumbline.registry.core.recalibration.Candidates;
import io.plumbline.registry.core.recalibration.Effect;
import io.plumbline.registry.core.signing.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionJobsTest {

    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Path ONNX = Models.CLIMATE.resolve("climate_event_fp32.onnx");

    @TempDir
    Path folder;

    private ImageLayout layout;
    private KeyRing key;
    private Publisher publisher;
    private Catalog catalog;
    private VersionJobs jobs;

    @BeforeEach
    void open() throws Exception {
        layout = ImageLayout.open(folder.resolve("layout"));
        key = KeyRing.open(folder, List.of(new KeyFile("key.json", Optional.empty())), Clock.systemUTC());
        publisher = new Publisher(layout, key);
        catalog = new Catalog(layout);
        jobs = new VersionJobs(
                catalog, publisher, Workbench.Tools.of(new InProcess()), Duration.ofMinutes(1), Clock.systemUTC());
    }

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

    private VersionJobs counting() throws Exception {
        return new VersionJobs(
                catalog,
                publisher,
                new Workbench.Tools(new InProcess(), AttemptFiles.open(folder.resolve("attempts"))),
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
    void candidatesHaveFreshRangesInTheOrderOfTheRecipes() throws Exception {
        // Given
        jobs.run(push("recipes: [dynamic, static-minmax]"));
        var recipes =
                List.of(Recipe.calibrated("minmax-margin"), Recipe.calibrated("minmax"), Recipe.calibrated("mse"));
        var candidates = new Candidates(catalog, publisher, Workbench.Tools.of(new InProcess()), here(), recipes);
        var running = build("static-minmax");
        var observed = histograms(running);

        // When
        var order = new Effect.Build(
                request(running.manifest()),
                observed,
                List.of(new Contribution(new GatewayId("gw-north"), new SiteId("north"), 24)),
                new CalibrationQuality(
                        List.of(new Coverage("humidity", 24, 1000, 0.5, 0.25)), List.of(new LabelCount("normal", 24))),
                Instant.EPOCH);
        var built = candidates.build(order);
        var after = view().builds();

        // Then
        var found = view().builds().stream()
                .filter(build -> built.contains(build.manifest()))
                .toList();
        assertThat(found).extracting(ModelView.Build::manifest).containsExactlyElementsOf(built);
        assertThat(found)
                .extracting(build -> build.card().recipe())
                .containsExactly("static-minmax-margin", "static-minmax", "static-mse");
        assertThat(found).allSatisfy(build -> assertThat(build.card().parent()).contains(running.manifest()));
        var quality = quality(built.get(1));
        assertThat(quality.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.cosineMin()).isBetween(0.9, 1.0));
        assertThat(quality.layers().orElseThrow().worst())
                .as("of what gateways observed, on the owner's samples")
                .isNotEmpty();
        assertThat(quality.calibration().orElseThrow().contributions())
                .extracting(Contribution::windows)
                .containsExactly(24L);
        assertThat(quality.calibration().orElseThrow().coverage())
                .contains(order.quality().coverage());
        assertThat(quality.calibration().orElseThrow().answers())
                .contains(order.quality().answers());
        assertThat(quality.calibration().orElseThrow().outside())
                .isNotEmpty()
                .allSatisfy(outside -> assertThat(outside.share()).isZero());
        assertThat(candidates.objection(request(running.manifest()))).isEmpty();
        assertThat(candidates.build(order)).as("the same order again").isEqualTo(built);
        assertThat(view().builds()).isEqualTo(after);
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

    @Test
    void candidatesThatWereMadeBeforeTheProcessEndedAreNotMadeAgain() throws Exception {
        // Given: killed behind the first of two
        jobs.run(push("recipes: [static-minmax]"));
        var running = build("static-minmax");
        var order = new Effect.Build(
                request(running.manifest()), histograms(running), List.of(), CalibrationQuality.UNKNOWN, Instant.EPOCH);
        var first = List.of(Recipe.calibrated("minmax-margin"));
        var both = List.of(Recipe.calibrated("minmax-margin"), Recipe.calibrated("mse"));
        var made = new Candidates(catalog, publisher, Workbench.Tools.of(new InProcess()), here(), first).build(order);
        var runs = new AtomicInteger();
        Sandbox counting = (onnx, questions) -> {
            runs.incrementAndGet();
            return new InProcess().run(onnx, questions);
        };

        // When
        var candidates = new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(order);

        // Then
        assertThat(candidates).startsWith(made.get(0)).hasSize(2);
        assertThat(runs)
                .as("the model itself, and the candidate that was missing")
                .hasValue(2);
        assertThat(new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(order))
                .isEqualTo(candidates);
        assertThat(runs).hasValue(2);
        var later = new Effect.Build(
                order.request(),
                order.histograms(),
                List.of(),
                CalibrationQuality.UNKNOWN,
                Instant.EPOCH.plusMillis(1));
        assertThat(new Candidates(catalog, publisher, Workbench.Tools.of(counting), here(), both).build(later))
                .as("of another job")
                .doesNotContainAnyElementsOf(candidates);
    }

    @Test
    void aBuildWithoutCalibratedRangesIsNotRecalibrated() throws Exception {
        jobs.run(push("recipes: [dynamic]"));
        var running = build("dynamic").manifest();
        var candidates = new Candidates(
                catalog, publisher, Workbench.Tools.of(new InProcess()), here(), List.of(Recipe.calibrated("minmax")));
        assertThat(candidates.objection(request(running)))
                .contains("build " + running.shortHex()
                        + " of recipe dynamic has no calibrated ranges: there is nothing to recalibrate");
        var other = Digest.of(new byte[] {1});
        assertThat(candidates.objection(request(other))).contains("build " + other + " is not in the registry");
    }

    private QualityReport quality(Digest build) throws Exception {
        var manifest = layout.manifest(MediaTypes.repository(MODEL), build.value())
                .orElseThrow()
                .manifest();
        var layer = layout.blob(manifest.layer(MediaTypes.QUALITY).orElseThrow());
        return Json.decode(layer.orElseThrow(), QualityReport.class);
    }

    /** As a gateway takes them: of the observed model. */
    private List<TensorHistogram> histograms(ModelView.Build running) throws Exception {
        var manifest = layout.manifest(
                        MediaTypes.repository(MODEL), running.manifest().value())
                .orElseThrow()
                .manifest();
        var onnx =
                layout.blob(manifest.layer(MediaTypes.OBSERVED).orElseThrow()).orElseThrow();
        var tensors = running.card().ranges().stream().map(TensorRange::tensor).toList();
        var samples = Models.climateWindows(200).stream()
                .map(window -> Map.of("window", window))
                .toList();
        try (var engine = OrtEngine.load(onnx, EngineOptions.DEFAULT)) {
            return Observation.of(engine, tensors, samples);
        }
    }

    private Requested request(Digest build) {
        return new Requested(
                "r-1", MODEL, view().version(), build, List.of(new SiteId("north")), "stale", Instant.EPOCH);
    }

    private ModelView.Version view() {
        return jobs.view(MODEL).versions().get(0);
    }

    private ModelView.Build build(String recipe) {
        return view().builds().stream()
                .filter(one -> one.card().recipe().equals(recipe))
                .findFirst()
                .orElseThrow();
    }

    /** Gateways pull from this registry. */
    private Candidates.Delivery here() {
        return new Candidates.Delivery(new Carrier(layout, Optional.empty(), Clock.systemUTC()), Duration.ZERO);
    }

    private Version.Pushed push(String recipes) throws Exception {
        return push(MODEL, MODEL, recipes);
    }

    private Version.Pushed push(ModelName into, ModelName model, String recipes) throws Exception {
        var repository = MediaTypes.repository(into);
        var card = Files.readString(Models.CLIMATE.resolve("model.yaml"))
                .replace(MODEL.value(), model.value())
                .replaceAll("(?m)^recipes:.*$", recipes);
        var windows = Models.climateWindows(64);
        var values = new float[64 * 32];
        for (int i = 0; i < 64; i++) {
            System.arraycopy(windows.get(i).toArray(), 0, values, 32 * i, 32);
        }
        var json = Json.mapper().createObjectNode().put("schemaVersion", 2).put("artifactType", MediaTypes.VERSION);
        json.set("config", blob(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8), ""));
        var layers = json.putArray("layers");
        layers.add(blob(MediaTypes.ONNX, Files.readAllBytes(ONNX), ""));
        layers.add(blob(MediaTypes.CARD, card.getBytes(StandardCharsets.UTF_8), ""));
        var samples = Npy.write(Tensor.of(new long[] {64, 16, 2}, values));
        layers.add(blob(MediaTypes.SAMPLES, samples, MediaTypes.CALIBRATION_TITLE));
        var bytes = Json.encode(json);
        return new Version.Pushed(
                repository, layout.putManifest(repository, Digest.of(bytes).value(), bytes));
    }

    private JsonNode blob(String mediaType, byte[] content, String title) {
        var digest = Digest.of(content);
        layout.putBlob(digest, content);
        var node = Json.mapper().createObjectNode();
        node.put("mediaType", mediaType).put("digest", digest.value()).put("size", content.length);
        if (!title.isEmpty()) {
            node.putObject("annotations").put(MediaTypes.TITLE, title);
        }
        return node;
    }
}
