package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.Renewal;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.calibration.Histogram;
import io.plumbline.quantizer.half.HalfPrecision;
import io.plumbline.quantizer.inspect.Inspector;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.qat.QatImport;
import io.plumbline.quantizer.qdq.Recalibration;
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes builds of one FP32 model; prepares it once, and observes a tensor once, when a static recipe first needs it. One thread. */
public final class Foundry {

    private static final int EIGHT_BITS = 8;
    private static final Set<Recipe.Method> OF_BUILDS = Set.of(Recipe.Method.QAT_IMPORT, Recipe.Method.RECALIBRATE);

    private final OnnxModel fp32;
    private final String precision;
    private final Settings settings;
    private final QuantizerRuntime runtime;
    private final Laboratory laboratory;
    private final Map<String, Histogram> histograms = new HashMap<>();
    private @Nullable OnnxModel prepared;

    /**
     * What holds for every build, whatever its recipe.
     *
     * @param source digest of the file that builds are made of
     * @param renewal of ranges, where a build is calibrated again
     */
    public record Settings(String source, DynamicOptions dynamic, StaticOptions fixed, Renewal renewal) {

        /** Of builds of an FP32 model. */
        public Settings(String source, DynamicOptions dynamic, StaticOptions fixed) {
            this(source, dynamic, fixed, Renewal.FORGETTING);
        }
    }

    public Foundry(OnnxModel fp32, Settings settings, QuantizerRuntime runtime, Laboratory laboratory) {
        this.fp32 = fp32;
        this.precision = Inspector.inspect(fp32).precision();
        this.settings = settings;
        this.runtime = runtime;
        this.laboratory = laboratory;
    }

    /** Whether the model holds ranges of its own, from training or from an earlier calibration. */
    boolean isTrained() {
        return precision.equals("int8-static");
    }

    /** What static builds are made of. */
    public OnnxModel prepared() throws UnsupportedGraphException {
        var known = prepared;
        if (known == null) {
            known = Preparation.prepare(fp32, runtime);
            prepared = known;
        }
        return known;
    }

    /** @throws UnsupportedGraphException if the recipe does not cover the model */
    public QuantizedModel make(Recipe recipe) throws UnsupportedGraphException {
        if (precision.startsWith("int8") && !OF_BUILDS.contains(recipe.method())) {
            throw new UnsupportedGraphException("the model is quantized already (" + precision + "): "
                    + (isTrained()
                            ? "recipe qat-import keeps its ranges, recalibrate takes new ones; others need"
                            : "a recipe needs")
                    + " its FP32 model");
        }
        var provenance = new Provenance(settings.source(), recipe.words(), Optional.empty());
        var blocks = new BlockOptions(
                recipe.method() == Recipe.Method.INT8_WEIGHTS ? EIGHT_BITS : EIGHT_BITS / 2,
                BlockOptions.DEFAULT.blockSize(),
                BlockOptions.DEFAULT.symmetric(),
                BlockOptions.DEFAULT.accuracyLevel(),
                recipe.excludedNodes());
        return switch (recipe.method()) {
            case DYNAMIC ->
                DynamicQuantizer.quantize(fp32, settings.dynamic().excluding(recipe.excludedNodes()), provenance);
            case STATIC -> makeStatic(recipe, provenance);
            case INT8_WEIGHTS, INT4_WEIGHTS -> BlockQuantizer.quantize(fp32, blocks, provenance);
            case FP16 -> HalfPrecision.convert(fp32, runtime, provenance);
            case QAT_IMPORT -> QatImport.normalise(fp32, provenance);
            case RECALIBRATE -> recalibrate(recipe);
        };
    }

    private QuantizedModel makeStatic(Recipe recipe, Provenance provenance) throws UnsupportedGraphException {
        var options = settings.fixed().excluding(recipe.excludedNodes());
        var tensors = StaticQuantizer.observedTensors(prepared(), options);
        return StaticQuantizer.quantize(prepared(), ranges(recipe, prepared(), tensors), options, provenance);
    }

    private QuantizedModel recalibrate(Recipe recipe) throws UnsupportedGraphException {
        var build = Recalibration.of(fp32);
        var ranges = ranges(recipe, build.floatForm(), build.observed());
        var source = Inspector.inspect(fp32).metadata().getOrDefault("plumbline.source", settings.source());
        var provenance = new Provenance(source, recipe.words(), Optional.empty(), Optional.of(settings.source()));
        return build.apply(ranges, settings.renewal(), provenance);
    }

    private Map<String, ActivationRange> ranges(Recipe recipe, OnnxModel model, List<String> tensors)
            throws UnsupportedGraphException {
        observe(model, tensors);
        var calibrator = Calibrator.named(recipe.calibrator().orElseThrow());
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        for (var tensor : tensors) {
            ranges.put(tensor, calibrator.range(Objects.requireNonNull(histograms.get(tensor))));
        }
        return ranges;
    }

    /** Only what was not seen before. A node left in float can make tensors count that did not. */
    private void observe(OnnxModel model, List<String> tensors) throws UnsupportedGraphException {
        var unseen = tensors.stream()
                .filter(tensor -> !histograms.containsKey(tensor))
                .toList();
        if (!unseen.isEmpty()) {
            histograms.putAll(laboratory.observe(ObservedModel.of(model, unseen), unseen));
        }
    }
}
