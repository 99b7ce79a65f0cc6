package io.plumbline.registry.core.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.RecalibrationEvent.Requested;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.Npy;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.laboratory.Observation;
import io.plumbline.registry.adapter.disk.ImageLayout;
import io.plumbline.registry.adapter.disk.KeyRing;
import io.plumbline.registry.core.carriage.Carrier;
import io.plumbline.registry.core.recalibration.Candidates;
import io.plumbline.registry.core.signing.KeyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry into which versions of the climate model are pushed. */
abstract class PushedClimate {

    static final ModelName MODEL = new ModelName("climate-event");
    static final Path ONNX = Models.CLIMATE.resolve("climate_event_fp32.onnx");

    @TempDir
    Path folder;

    ImageLayout layout;
    KeyRing key;
    Publisher publisher;
    Catalog catalog;
    VersionJobs jobs;

    @BeforeEach
    void open() throws Exception {
        layout = ImageLayout.open(folder.resolve("layout"));
        key = KeyRing.open(folder, List.of(new KeyFile("key.json", Optional.empty())), Clock.systemUTC());
        publisher = new Publisher(layout, key);
        catalog = new Catalog(layout);
        jobs = new VersionJobs(
                catalog, publisher, Workbench.Tools.of(new InProcess()), Duration.ofMinutes(1), Clock.systemUTC());
    }

    QualityReport quality(Digest build) throws Exception {
        var manifest = layout.manifest(MediaTypes.repository(MODEL), build.value())
                .orElseThrow()
                .manifest();
        var layer = layout.blob(manifest.layer(MediaTypes.QUALITY).orElseThrow());
        return Json.decode(layer.orElseThrow(), QualityReport.class);
    }

    /** As a gateway takes them: of the observed model. */
    List<TensorHistogram> histograms(ModelView.Build running) throws Exception {
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

    Requested request(Digest build) {
        return new Requested(
                "r-1", MODEL, view().version(), build, List.of(new SiteId("north")), "stale", Instant.EPOCH);
    }

    ModelView.Version view() {
        return jobs.view(MODEL).versions().get(0);
    }

    ModelView.Build build(String recipe) {
        return view().builds().stream()
                .filter(one -> one.card().recipe().equals(recipe))
                .findFirst()
                .orElseThrow();
    }

    /** Gateways pull from this registry. */
    Candidates.Delivery here() {
        return new Candidates.Delivery(new Carrier(layout, Optional.empty(), Clock.systemUTC()), Duration.ZERO);
    }

    Version.Pushed push(String recipes) throws Exception {
        return push(MODEL, MODEL, recipes);
    }

    Version.Pushed push(ModelName into, ModelName model, String recipes) throws Exception {
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

    JsonNode blob(String mediaType, byte[] content, String title) {
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
