package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceEngine;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.Recorded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records what a build answers here, for gateways to compare with what it answers there. */
public final class SelfTests {

    private static final int CASES = 8;
    private static final int IMAGES = 2;
    /** Values of an image after which it repeats: a prime, so that no row is like another. */
    private static final int PERIOD = 4093;
    /** Integer kernels of different processors round a step apart; a wrong kernel is far off. */
    private static final double TOLERANCE = 0.05;

    private SelfTests() {}

    /** Cases without outputs, for a model whose input has this name. */
    static SelfTest questions(String input, List<Tensor> probes) {
        var cases = probes.stream()
                .map(probe -> named(input, probe, repeats(probe) ? PERIOD : probe.size()))
                .map(probe -> new SelfTest.Case(List.of(probe), List.of()))
                .toList();
        return new SelfTest(cases, TOLERANCE);
    }

    /**
     * The same cases with what the model answers. In this process: a model that has not run yet belongs into a
     * {@link Sandbox}.
     */
    public static SelfTest answers(ModelBytes onnx, SelfTest questions) throws ModelLoadException {
        try (var engine = OrtEngine.load(onnx.get(), EngineOptions.DEFAULT)) {
            return answers(engine, questions);
        }
    }

    static SelfTest answers(InferenceEngine engine, SelfTest questions) {
        var cases = new ArrayList<SelfTest.Case>();
        for (var question : questions.cases()) {
            var inputs = new HashMap<String, Tensor>();
            question.inputs().forEach(input -> inputs.put(input.name(), Recorded.tensor(input)));
            var outputs = engine.run(inputs).entrySet().stream()
                    .map(output -> named(
                            output.getKey(),
                            output.getValue(),
                            output.getValue().size()))
                    .toList();
            cases.add(new SelfTest.Case(question.inputs(), outputs));
        }
        return new SelfTest(cases, questions.tolerance());
    }

    /** Inputs spread over the physical ranges of the card, or images of noise; the same for every build. */
    static List<Tensor> probes(ModelCard card) {
        var random = new SplittableRandom(7);
        if (card.input() instanceof ImageInput image) {
            return Stream.generate(() -> input(image, random)).limit(IMAGES).toList();
        }
        return Stream.generate(() -> input(card, random)).limit(CASES).toList();
    }

    /** One level per feature and a little movement around it, as a slow sensor gives. */
    private static Tensor input(ModelCard card, SplittableRandom random) {
        var features = card.sensor().features();
        var data = new float[card.sensor().window() * features.size()];
        for (int feature = 0; feature < features.size(); feature++) {
            var width = features.get(feature).max() - features.get(feature).min();
            var level = features.get(feature).min() + width * (0.2 + 0.6 * random.nextDouble());
            for (int at = 0; at < card.sensor().window(); at++) {
                data[at * features.size() + feature] = (float) (level + 0.01 * width * (random.nextDouble() - 0.5));
            }
        }
        return Tensor.of(card.input().shape(), data);
    }

    private static Tensor input(ImageInput image, SplittableRandom random) {
        var noise = new float[PERIOD];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float)
                    ((random.nextInt(256) - image.mean().get(0)) * image.scale().get(0));
        }
        var shape = image.shape();
        var data = new float[Math.toIntExact(shape[1] * shape[2] * shape[3])];
        for (int i = 0; i < data.length; i++) {
            data[i] = noise[i % PERIOD];
        }
        return Tensor.of(shape, data);
    }

    /** @param most values that are written */
    private static SelfTest.NamedTensor named(String name, Tensor tensor, int most) {
        var values = new ArrayList<Float>();
        for (int i = 0; i < most; i++) {
            values.add(tensor.get(i));
        }
        return new SelfTest.NamedTensor(
                name, Arrays.stream(tensor.shape()).boxed().toList(), values);
    }

    private static boolean repeats(Tensor tensor) {
        return tensor.size() > PERIOD
                && IntStream.range(PERIOD, tensor.size()).allMatch(i -> tensor.get(i) == tensor.get(i - PERIOD));
    }
}
