package io.plumbline.cli.tool;

import io.plumbline.cli.lab.CardFile;
import io.plumbline.cli.lab.Count;
import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.cli.sample.SampleException;
import io.plumbline.cli.sample.Samples;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.detection.Agreement;
import io.plumbline.laboratory.Comparer;
import io.plumbline.laboratory.DetectionWatch;
import io.plumbline.laboratory.OrtLaboratory;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.quality.Closeness;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Runs two models on the same inputs and says how near their answers are.")
public final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "REFERENCE.onnx", description = "Usually the FP32 model.")
    private Path reference = Path.of("");

    @Parameters(index = "1", paramLabel = "CANDIDATE.onnx", description = "Usually the quantized model.")
    private Path candidate = Path.of("");

    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "PATH",
            description = "An .npy, .npz or .csv file, or a folder of images.")
    private Path inputs = Path.of("");

    @Mixin
    private CardFile card = new CardFile();

    @Option(
            names = "--samples",
            converter = Count.class,
            description = "Compares at most this many, spread evenly (default: ${DEFAULT-VALUE}).")
    private int samples = 200;

    @Option(names = "--layers", description = "Compares every tensor that both models have, not only their outputs.")
    private boolean layers;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ToolException, SampleException {
        var first = ModelFile.of(reference);
        var second = ModelFile.of(candidate);
        var compared = layers ? compareLayers(first, second) : compareOutputs(first, second);
        compared.unread.ifPresent(this::warn);
        var out = spec.commandLine().getOut();
        if (json) {
            var object = asJson(compared.tensors);
            compared.detections.ifPresent(result -> object.put("detectionAgreement", Detected.json(result)));
            out.println(Json.pretty(object));
        } else {
            table(compared.tensors).lines().forEach(out::println);
            compared.detections.ifPresent(result -> out.println(Detected.words(result)));
        }
        out.flush();
        return 0;
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + warning);
        spec.commandLine().getErr().flush();
    }

    private record Compared(
            Map<String, Closeness> tensors, Optional<Agreement.Result> detections, Optional<String> unread) {}

    private Compared compareOutputs(ModelFile first, ModelFile second) throws ToolException, SampleException {
        try (var expected = first.load(EngineOptions.DEFAULT);
                var actual = second.load(EngineOptions.DEFAULT)) {
            second.requireInputs(actual, expected);
            var outputs = expected.outputs().stream().map(TensorSpec::name).toList();
            var known = card.find(reference, expected.inputs());
            var read = Samples.read(inputs, expected.inputs(), known);
            var watch = known.flatMap(ModelCard::detector).map(DetectionWatch::new);
            var tensors =
                    Comparer.ofSameNames(outputs).watchedBy(watch).compare(expected, actual, read.spread(samples));
            return new Compared(tensors, watch.map(DetectionWatch::result), read.unread());
        } catch (InferenceException e) {
            throw new ToolException("the models cannot be compared: " + e.getMessage(), e);
        }
    }

    private Compared compareLayers(ModelFile first, ModelFile second) throws ToolException, SampleException {
        try (var expected = first.load(EngineOptions.DEFAULT)) {
            var known = card.find(reference, expected.inputs());
            var read = Samples.read(inputs, expected.inputs(), known);
            try (var laboratory = new OrtLaboratory(
                    expected, Optional.<Iterable<Map<String, Tensor>>>empty(), read.spread(samples))) {
                var tensors = laboratory.compareLayers(first.parsed(), second.parsed());
                return new Compared(tensors, Optional.empty(), read.unread());
            }
        } catch (UnsupportedGraphException e) {
            throw new ToolException("the models cannot be compared layer by layer: " + e.getMessage(), e);
        }
    }

    private static Table table(Map<String, Closeness> all) {
        var table = new Table("tensor", "samples", "agreement", "cosine", "worst cosine", "SQNR", "largest difference");
        all.forEach((name, one) -> table.row(
                name,
                String.valueOf(one.samples()),
                Say.ratio(one.agreement()),
                Say.ratio(one.cosineMean()),
                Say.ratio(one.cosineMin()),
                Say.decibels(one.sqnrDb()),
                Say.ratio(one.largestDifference())));
        return table;
    }

    static Map<String, Object> asJson(Map<String, Closeness> all) {
        Map<String, Object> tensors = new LinkedHashMap<>();
        all.forEach((name, one) -> tensors.put(
                name,
                Say.object(
                        "samples", one.samples(),
                        "agreement", one.agreement(),
                        "cosine", one.cosineMean(),
                        "worstCosine", one.cosineMin(),
                        "sqnrDb", one.sqnrDb(),
                        "largestDifference", one.largestDifference())));
        return tensors;
    }
}
