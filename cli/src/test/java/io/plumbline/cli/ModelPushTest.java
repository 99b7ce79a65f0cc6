package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.reading.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model push} as a person calls it, with everything that can be handed over. */
class ModelPushTest {

    private static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");
    private static final String REPOSITORY = "/v2/models/climate-event";

    @TempDir
    Path folder;

    private final MemoryRegistry registry = new MemoryRegistry();
    private LocalServer server;
    private Path onnx;

    @BeforeEach
    void prepare() throws IOException {
        server = new LocalServer(registry);
        onnx = Files.copy(CLIMATE.resolve("climate_event_fp32.onnx"), folder.resolve("model.onnx"));
        Files.setLastModifiedTime(onnx, FileTime.from(Instant.parse("2026-01-02T03:04:05.678Z")));
        Files.copy(CLIMATE.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFolderIsOneVersionHoweverOftenItIsPushed() throws IOException {
        // Given
        Files.write(folder.resolve("calibration.npy"), samples(3));

        // When
        var first = push(folder, "--tag", "v1");
        var second = push(folder, "--tag", "v1", "--json");

        // Then
        var manifest = manifest("v1");
        var digest = Digest.of(registry.contents.get(REPOSITORY + "/manifests/v1"));
        assertThat(first.err()).isEmpty();
        assertThat(first.out().lines())
                .containsExactly(
                        "pushed climate-event v1 as " + digest,
                        "the registry makes dynamic, static-minmax; see: plumbline model show climate-event");
        assertThat(second.json().path("manifest").asText()).isEqualTo(digest.value());
        assertThat(titles(manifest)).containsExactly("model.onnx", "model.yaml", "calibration.npy");
        assertThat(manifest.at("/annotations/org.opencontainers.image.created").asText())
                .isEqualTo("2026-01-02T03:04:05Z");
        assertThat(manifest.at("/annotations/org.opencontainers.image.version").asText())
                .isEqualTo("v1");
        assertThat(manifest.at("/annotations/org.opencontainers.image.title").asText())
                .isEqualTo("climate-event");
        assertThat(registry.asked).filteredOn(one -> one.startsWith("POST")).hasSize(4);
    }

    @Test
    void aFileIsPushedWithItsCardAndSamplesFromElsewhere() throws IOException {
        // Given
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var card = Files.move(folder.resolve("model.yaml"), elsewhere.resolve("card.yaml"));
        var csv = new StringBuilder("humidity,temperature\n");
        for (int i = 0; i < 40; i++) {
            csv.append(40 + i % 5).append(",27.5\n");
        }
        var samples = Files.writeString(elsewhere.resolve("readings.csv"), csv);

        // When
        var said = push(onnx, "--card", card, "--calibration", samples, "--reference", samples);

        // Then
        assertThat(said.err()).isEmpty();
        var digest = said.out().lines().findFirst().orElseThrow().replaceAll(".* as ", "");
        var manifest = manifest(digest);
        assertThat(titles(manifest)).containsExactly("model.onnx", "model.yaml", "calibration.npy", "reference.npy");
        var npy = registry.contents.get(
                REPOSITORY + "/blobs/" + manifest.at("/layers/2/digest").asText());
        assertThat(Npy.read(npy).shape()).startsWith(25).endsWith(16, 2);
        assertThat(manifest.path("annotations").has("org.opencontainers.image.version"))
                .isFalse();
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedBeforeAnythingIsSent() throws IOException {
        var card = folder.resolve("model.yaml");
        var sound = Files.readString(card);

        Files.writeString(card, sound.replace("window: 16", "window: 12"));
        assertThat(push(folder).err())
                .contains("model.yaml gives 'window' of shape [1, 12, 2], but " + onnx + " takes 'window' of shape [")
                .contains("give the card of this model, or mend it");
        Files.writeString(card, sound.replace("tensor: probabilities", "tensor: answers"));
        assertThat(push(folder).err()).contains("reads the output 'answers', but " + onnx + " answers 'probabilities'");
        Files.writeString(card, "model: [");
        assertThat(push(folder).err()).contains("model.yaml: model card: not YAML");
        Files.delete(card);
        assertThat(push(folder).err())
                .contains("there is no model card " + card + ": write one, or name it with --card");
        Files.writeString(card, sound);
        Files.write(folder.resolve("calibration.npy"), Npy.write(Tensor.of(new long[] {2, 2}, new float[4])));
        assertThat(push(folder).err()).contains("calibration.npy holds 'window' of shape [2, 2]");
        assertThat(push(folder.resolve("nothing")).err()).contains("nothing does not exist");
        assertThat(push(Files.createDirectory(folder.resolve("empty"))).err())
                .contains(
                        "holds neither model.onnx with model.yaml, nor MLmodel of an MLflow model, nor manifest.json");
        assertThat(push(folder, "--tag", "-v1").exit()).isEqualTo(2);
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void weightsInAFileBesideItArePutIntoOneFile() throws Exception {
        // Given
        var sound = OnnxModel.read(onnx);
        var parts = Files.createDirectory(folder.resolve("parts"));
        ModelFile.write(sound.proto(), parts.resolve("model.onnx"), 0);
        assertThat(parts.resolve("model.onnx.data")).exists();
        Files.writeString(parts.resolve("MLmodel"), "flavors: {onnx: {data: model.onnx}, python_function: {}}");
        Files.copy(folder.resolve("model.yaml"), parts.resolve("model.yaml"));

        // When
        var said = push(parts, "--tag", "v1");

        // Then
        assertThat(said.err()).isEmpty();
        var sent = manifest("v1").at("/layers/0/digest").asText();
        var pushed = OnnxModel.parse(registry.contents.get(REPOSITORY + "/blobs/" + sent));
        assertThat(pushed.proto()).isEqualTo(sound.proto());
    }

    @Test
    void whereTheSignatureOfAnMlflowModelAndTheCardDisagreeItIsSaid() throws IOException {
        mlflow("""
                [{"name": "window", "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 16, 2]}}]""");
        assertThat(push(folder).err()).isEmpty();
        mlflow("""
                [{"name": "x", "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 12, 2]}}]""");
        var said = push(folder, "--json");
        assertThat(said.exit()).isZero();
        assertThat(said.err().lines())
                .containsExactly(
                        "warning: the signature in MLmodel names the input 'x', and the card 'window'",
                        "warning: the signature in MLmodel gives the input the shape [?, 12, 2], and the card [1, 16, 2]");
        assertThat(said.json().path("warnings")).hasSize(2);
        mlflow("""
                [{"type": "double", "name": "humidity"}, {"type": "double", "name": "temperature"}]""");
        assertThat(push(folder).err()).contains("has 2 columns, and an input of the card 32 numbers");
    }

    @Test
    void anMlflowModelWithoutAnOnnxFileInItsFolderIsRefused() throws IOException {
        Files.writeString(folder.resolve("MLmodel"), "flavors: {sklearn: {}, python_function: {}}");
        assertThat(push(folder).err()).contains("has no ONNX flavour").contains("[sklearn, python_function]");
        Files.writeString(folder.resolve("MLmodel"), "flavors: {onnx: {data: ../../etc/passwd}}");
        assertThat(push(folder).err()).contains("names its ONNX file '../../etc/passwd', which must lie in the folder");
        Files.writeString(folder.resolve("MLmodel"), "flavors: [");
        assertThat(push(folder).err()).contains("MLmodel cannot be read");
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void waitingEndsWithTheBuildsOrWithTheReasonWhyThereAreNone() throws IOException {
        // Given
        var manifest = new Digest(push(folder, "--json").json().path("manifest").asText());
        var failed = new ModelView.Version(manifest, manifest, "FAILED", "dynamic: node 'x'", List.of(), List.of());

        // When
        registry.contents.put("/api/v1/models/climate-event", view(failed));
        var refused = push(folder, "--wait");
        var ready = new ModelView.Version(manifest, manifest, "READY", "", List.of(), List.of());
        registry.contents.put("/api/v1/models/climate-event", view(ready));
        var made = push(folder, "--wait", "--json");

        // Then
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("which could not build it: dynamic: node 'x'");
        assertThat(made.json().at("/version/state").asText()).isEqualTo("READY");
    }

    @Test
    void aHiccupOfTheRegistryDoesNotEndTheWaitingAndALimitDoes() throws IOException {
        // Given
        var manifest = new Digest(push(folder, "--json").json().path("manifest").asText());
        var building = new ModelView.Version(manifest, manifest, "BUILDING", "", List.of(), List.of());
        registry.contents.put("/api/v1/models/climate-event", view(building));
        var looks = new AtomicInteger();
        try (var shaky = new LocalServer(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/api/v1/models/climate-event")
                    && looks.getAndIncrement() == 1) {
                var ready = new ModelView.Version(manifest, manifest, "READY", "", List.of(), List.of());
                registry.contents.put("/api/v1/models/climate-event", view(ready));
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            } else {
                registry.handle(exchange);
            }
        })) {

            // When
            var late = push(folder, "--wait", "--timeout", "PT0.001S");
            var made = Tool.run("model", "push", folder, "--wait", "--json", "--registry", shaky.url());

            // Then
            assertThat(late.err()).contains("is not built after 0 s; the registry goes on: plumbline model show");
            assertThat(made.err()).isEmpty();
            assertThat(made.json().at("/version/state").asText()).isEqualTo("READY");
            assertThat(looks).hasValue(3);
        }
        assertThat(push(folder, "--timeout", "1h").err()).contains("--timeout is for --wait");
    }

    private void mlflow(String inputs) throws IOException {
        Files.writeString(
                folder.resolve("MLmodel"),
                "flavors:\n  onnx:\n    data: model.onnx\nsignature:\n  inputs: '" + inputs.strip() + "'\n");
    }

    private static byte[] view(ModelView.Version version) {
        return Json.encode(new ModelView(new ModelName("climate-event"), List.of(version), List.of()));
    }

    private static byte[] samples(int count) {
        return Npy.write(Tensor.of(new long[] {count, 16, 2}, new float[count * 32]));
    }

    private JsonNode manifest(String reference) {
        return Json.decode(registry.contents.get(REPOSITORY + "/manifests/" + reference), JsonNode.class);
    }

    private static List<String> titles(JsonNode manifest) {
        return manifest.path("layers").findValuesAsText("org.opencontainers.image.title");
    }

    private Tool.Said push(Object path, Object... more) {
        var words = new java.util.ArrayList<Object>(List.of("model", "push", path, "--registry", server.url()));
        words.addAll(List.of(more));
        return Tool.run(words.toArray());
    }
}
