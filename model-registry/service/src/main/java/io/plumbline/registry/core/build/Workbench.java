package io.plumbline.registry.core.build;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Json;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationParameters;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes builds of one version. Used by one thread. */
public final class Workbench {

    static final int BINS = 2048;

    private final Version version;
    private final OnnxModel fp32;
    private final List<String> tensors;
    private final ModelBytes observed;

    private Workbench(Version version, OnnxModel fp32, List<String> tensors, ModelBytes observed) {
        this.version = version;
        this.fp32 = fp32;
        this.tensors = tensors;
        this.observed = observed;
    }

    /** @throws BuildException if the FP32 model is malformed, unsupported, or does not run */
    public static Workbench of(Version version) throws BuildException {
        try {
            var fp32 = OnnxModel.parse(version.onnx().get());
            var tensors = StaticQuantizer.observedTensors(fp32);
            var observed = ObservedModel.of(fp32, tensors).toBytes();
            OrtEngine.load(observed, EngineOptions.DEFAULT).close();
            return new Workbench(version, fp32, tensors, ModelBytes.of(observed));
        } catch (MalformedModelException | UnsupportedGraphException | ModelLoadException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Histograms of the version's own calibration inputs. */
    public Calibration ownCalibration() throws BuildException {
        Map<String, RangeHistogram> histograms = new LinkedHashMap<>();
        tensors.forEach(tensor -> histograms.put(tensor, new RangeHistogram(tensor, BINS)));
        try (var engine = OrtEngine.load(observed.get(), EngineOptions.DEFAULT)) {
            for (var window : version.calibrationWindows()) {
                var outputs = engine.run(Map.of(version.card().sensor().tensor(), window));
                histograms.forEach((tensor, histogram) -> histogram.add(required(outputs, tensor)));
            }
        } catch (ModelLoadException | InferenceException e) {
            throw new BuildException(String.valueOf(e.getMessage()), e);
        }
        var snapshots =
                histograms.values().stream().map(RangeHistogram::snapshot).toList();
        return new Calibration(snapshots, Digest.of(Json.encode(snapshots)), Optional.empty());
    }

    /**
     * @param calibration not needed by a dynamic recipe
     * @param now becomes part of the build's card, and so of its digest
     */
    public BuiltModel build(Recipe recipe, Optional<Calibration> calibration, Instant now) throws BuildException {
        try {
            var provenance = new Provenance(
                    version.digest().value(),
                    recipe.word(),
                    calibration.map(one -> one.id().value()));
            if (!recipe.isStatic()) {
                var onnx = DynamicQuantizer.quantize(fp32, provenance).toBytes();
                return built(recipe, Optional.empty(), List.of(), onnx, now);
            }
            var from = calibration.orElseThrow(
                    () -> new BuildException("recipe " + recipe.word() + " needs a calibration"));
            var ranges = ranges(recipe, from.histograms());
            var onnx = StaticQuantizer.quantize(fp32, ranges, provenance).toBytes();
            return built(recipe, calibration, representable(ranges), onnx, now);
        } catch (UnsupportedGraphException | ModelLoadException | InferenceException e) {
            throw new BuildException("recipe " + recipe.word() + ": " + e.getMessage(), e);
        }
    }

    private Map<String, ActivationRange> ranges(Recipe recipe, List<TensorHistogram> histograms) throws BuildException {
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        for (var tensor : tensors) {
            var histogram = histograms.stream()
                    .filter(one -> one.tensor().equals(tensor))
                    .findFirst()
                    .orElseThrow(() -> new BuildException("nothing was observed of tensor '" + tensor + "'"));
            ranges.put(tensor, recipe.range(histogram));
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

    private BuiltModel built(
            Recipe recipe, Optional<Calibration> calibration, List<TensorRange> ranges, byte[] onnx, Instant now)
            throws ModelLoadException {
        var card = new BuildCard(
                version.card().model(),
                version.digest(),
                recipe.word(),
                calibration.map(Calibration::id),
                calibration.flatMap(Calibration::parent),
                Provenance.TOOL,
                ranges,
                onnx.length,
                now);
        return new BuiltModel(card, ModelBytes.of(onnx), observed, selfTest(onnx));
    }

    private SelfTest selfTest(byte[] onnx) throws ModelLoadException {
        try (var engine = OrtEngine.load(onnx, EngineOptions.DEFAULT)) {
            return SelfTests.record(engine, version.card());
        }
    }

    private static Tensor required(Map<String, Tensor> outputs, String name) {
        var tensor = outputs.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the observed model lost output '" + name + "': this is a bug");
        }
        return tensor;
    }
}
