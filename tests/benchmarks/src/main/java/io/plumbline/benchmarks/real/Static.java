package io.plumbline.benchmarks.real;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.ModelFiles;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.inference.window.ProfileBuilder;
import io.plumbline.laboratory.Observation;
import io.plumbline.laboratory.OrtRuntime;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a static build, in the steps in which the registry makes one, with the profile of what it was calibrated on. */
final class Static {

    private static final String RECIPE = "static-minmax";
    private static final Calibrator MIN_MAX = Calibrator.named("minmax");

    private Static() {}

    /** @param samples inputs of the card's shape */
    static ModelPackage build(byte[] fp32, ModelCard card, List<Tensor> samples)
            throws MalformedModelException, UnsupportedGraphException, ModelLoadException {
        var prepared = Preparation.prepare(OnnxModel.parse(fp32), new OrtRuntime());
        var tensors = StaticQuantizer.observedTensors(prepared);
        var observed = ObservedModel.of(prepared, tensors).toBytes();
        var ranges = ranges(observed, card, tensors, samples);
        var version = Digest.of(fp32);
        var provenance = new Provenance(version.value(), RECIPE, Optional.of("samples"));
        var onnx = StaticQuantizer.quantize(prepared, ranges, provenance).toBytes();
        var build = new BuildCard(
                card.model(),
                version,
                RECIPE,
                Optional.empty(),
                Optional.empty(),
                Provenance.TOOL,
                representable(ranges),
                onnx.length,
                Instant.EPOCH);
        var files = new ModelFiles(
                build,
                ModelBytes.of(onnx),
                ModelBytes.of(observed),
                card,
                ProfileBuilder.profile(card, Tensor.stacked(samples)),
                new SelfTest(List.of(), 0));
        return ModelPackage.load(files, EngineOptions.DEFAULT);
    }

    private static Map<String, ActivationRange> ranges(
            byte[] observed, ModelCard card, List<String> tensors, List<Tensor> samples) throws ModelLoadException {
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        var inputs = samples.stream()
                .map(sample -> Map.of(card.input().tensor(), sample))
                .toList();
        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            for (var seen : Observation.of(engine, tensors, inputs)) {
                ranges.put(seen.tensor(), MIN_MAX.range(Observation.read(seen)));
            }
        }
        return ranges;
    }

    private static List<TensorRange> representable(Map<String, ActivationRange> ranges) {
        var all = new ArrayList<TensorRange>();
        ranges.forEach((tensor, range) -> {
            var representable = ActivationParameters.of(range).representable();
            all.add(new TensorRange(tensor, representable.min(), representable.max()));
        });
        return all;
    }
}
