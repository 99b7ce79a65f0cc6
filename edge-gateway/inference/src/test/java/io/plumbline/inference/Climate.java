package io.plumbline.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The climate model and the windows that its training script checked it on. */
public final class Climate {

    private static final Path FOLDER = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");

    private Climate() {}

    public static byte[] fp32() throws IOException {
        return Files.readAllBytes(FOLDER.resolve("climate_event_fp32.onnx"));
    }

    public static ModelCard card() throws IOException, CardException {
        return ModelCard.parse(Files.readAllBytes(FOLDER.resolve("model.yaml")));
    }

    public static List<Tensor> windows() throws IOException {
        var windows = new ArrayList<Tensor>();
        for (var window : check().get("window")) {
            var data = new float[32];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) window.get(i / 2).get(i % 2).asDouble();
            }
            windows.add(Tensor.of(new long[] {1, 16, 2}, data));
        }
        return windows;
    }

    /** Of {@link #windows}, the probability of an event. */
    public static List<Double> eventProbabilities() throws IOException {
        var probabilities = new ArrayList<Double>();
        check().get("probabilities").forEach(row -> probabilities.add(row.get(1).asDouble()));
        return probabilities;
    }

    private static JsonNode check() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("check.json").toFile());
    }
}
