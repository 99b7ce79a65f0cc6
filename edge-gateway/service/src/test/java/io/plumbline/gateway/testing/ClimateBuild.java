package io.plumbline.gateway.testing;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The project's own climate model, made into a build whose INT8 model is the FP32 model itself. */
public final class ClimateBuild {

    public static final ModelName MODEL = new ModelName("climate-event");

    private ClimateBuild() {}

    public static byte[] onnx() {
        return resource("climate_event_fp32.onnx");
    }

    public static byte[] card() {
        return resource("model.yaml");
    }

    public static ModelCard parsedCard() {
        try {
            return ModelCard.parse(card());
        } catch (io.plumbline.inference.card.CardException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] resource(String name) {
        var root = Path.of(System.getProperty("plumbline.root", "../.."));
        try {
            return Files.readAllBytes(
                    root.resolve("cli/src/main/resources/climate").resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param recipe makes the build different from others */
    public static BuildCard buildCard(String recipe) {
        return buildCard(recipe, Instant.EPOCH);
    }

    static BuildCard buildCard(String recipe, Instant createdAt) {
        return new BuildCard(
                MODEL,
                Digest.of(onnx()),
                recipe,
                Optional.empty(),
                Optional.empty(),
                "test",
                List.<TensorRange>of(),
                onnx().length,
                createdAt);
    }

    public static ReferenceProfile profile() {
        return new ReferenceProfile(List.of(
                new ReferenceProfile.Feature("humidity", List.of(40.0, 60.0), new Counts(10, 20, 30)),
                new ReferenceProfile.Feature("temperature", List.of(20.0), new Counts(10, 50))));
    }

    public static Tensor window(float humidity, float temperature) {
        var data = new float[32];
        for (int i = 0; i < data.length; i += 2) {
            data[i] = humidity;
            data[i + 1] = temperature;
        }
        return Tensor.of(new long[] {1, 16, 2}, data);
    }

    /** @param error added to the recorded outputs; 0 for a test that passes */
    public static SelfTest selfTest(float error) {
        try (var engine = OrtEngine.load(onnx(), EngineOptions.DEFAULT)) {
            var input = window(45, 28);
            var output = engine.run(Map.of("window", input)).get("probabilities");
            var values = new ArrayList<Float>();
            for (float value : output.toArray()) {
                values.add(value + error);
            }
            return new SelfTest(
                    List.of(new SelfTest.Case(
                            List.of(named("window", input)),
                            List.of(new SelfTest.NamedTensor("probabilities", List.of(1L, 2L), values)))),
                    1e-4);
        } catch (io.plumbline.inference.ModelLoadException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SelfTest.NamedTensor named(String name, Tensor tensor) {
        var values = new ArrayList<Float>();
        for (float value : tensor.toArray()) {
            values.add(value);
        }
        return new SelfTest.NamedTensor(name, List.of(1L, 16L, 2L), values);
    }
}
