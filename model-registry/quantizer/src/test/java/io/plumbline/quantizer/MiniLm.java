package io.plumbline.quantizer;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A sentence embedding model of 90 MB as its publisher ships it, in float32 and quantized by another tool. */
public final class MiniLm {

    private static final List<String> SUBJECTS = List.of(
            "The old lighthouse keeper",
            "A nurse on the night shift",
            "Our database",
            "The striped cat",
            "An unexpected error in the payment service",
            "My grandmother's recipe",
            "The city council",
            "Every second student",
            "The satellite",
            "A broken pump in the basement",
            "The jury",
            "Heavy rain over the northern valleys");
    private static final List<String> PREDICATES = List.of(
            "was seen again yesterday evening.",
            "costs more than anybody had expected!",
            "needs about 25 minutes to recover.",
            "reminded me of a summer in Portugal.",
            "will be replaced before the end of March.",
            "has never been measured with such precision.",
            "is sleeping on the sofa.",
            "caused a long and bitter discussion, as usual.",
            "should not be trusted without a second opinion.",
            "makes excellent soup.");

    private MiniLm() {}

    /** Whether the model is here: builds with {@code -Dquick} go without it. */
    static boolean isThere() {
        return MiniLm.class.getResource("/all-minilm-l6-v2.onnx") != null;
    }

    public static byte[] resource(String name) throws IOException {
        try (var in = MiniLm.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }

    /** Tokens of 120 sentences. */
    public static List<List<Integer>> sentences() throws IOException {
        var tokenizer = new WordPiece(resource("all-minilm-l6-v2-tokenizer.json"));
        var sentences = new ArrayList<List<Integer>>();
        for (var subject : SUBJECTS) {
            for (var predicate : PREDICATES) {
                sentences.add(tokenizer.tokens(subject + " " + predicate));
            }
        }
        return sentences;
    }

    /** Means over the tokens of each sentence. */
    static List<float[]> embeddings(OnnxModel model, List<List<Integer>> sentences) throws ModelLoadException {
        var embeddings = new ArrayList<float[]>();
        try (var engine = OrtEngine.load(model.toBytes(), EngineOptions.DEFAULT)) {
            for (var sentence : sentences) {
                embeddings.add(embedding(engine, sentence));
            }
        }
        return embeddings;
    }

    /** The model's inputs for one sentence. */
    public static Map<String, Tensor> inputs(List<Integer> tokens) {
        var ids = new float[tokens.size()];
        var ones = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i);
        }
        Arrays.fill(ones, 1);
        long[] shape = {1, ids.length};
        return Map.of(
                "input_ids", Tensor.of(shape, ids),
                "attention_mask", Tensor.of(shape, ones),
                "token_type_ids", Tensor.of(shape, new float[ids.length]));
    }

    private static float[] embedding(OrtEngine engine, List<Integer> tokens) {
        var states = engine.run(inputs(tokens)).get("last_hidden_state");
        var mean = new float[states.size() / tokens.size()];
        for (int i = 0; i < states.size(); i++) {
            mean[i % mean.length] += states.get(i) / tokens.size();
        }
        return mean;
    }

    /** Mean over the pairs. */
    static double cosine(List<float[]> some, List<float[]> others) {
        var sum = 0.0;
        for (int i = 0; i < some.size(); i++) {
            sum += cosine(some.get(i), others.get(i));
        }
        return sum / some.size();
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
