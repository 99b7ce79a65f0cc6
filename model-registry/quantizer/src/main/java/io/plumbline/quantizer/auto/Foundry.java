package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizedModel;
import io.plumbline.quantizer.QuantizerRuntime;
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
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes builds of one FP32 model; prepares it once, and observes a tensor once, when a static recipe first needs it. One thread. */
public final class Foundry {

    private static final int EIGHT_BITS = 8;

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
     * @param source digest of the FP32 file
     */
    public record Settings(String source, DynamicOptions dynamic, StaticOptions fixed) {}

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
        if (precision.startsWith("int8") && recipe.method() != Recipe.Method.QAT_IMPORT) {
            throw new UnsupportedGraphException("the model is quantized already (" + precision + "): "
                    + (isTrained() ? "recipe qat-import keeps its ranges; others need" : "a recipe needs")
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
        };
    }

    private QuantizedModel makeStatic(Recipe recipe, Provenance provenance) throws UnsupportedGraphException {
        var calibrator = Calibrator.named(recipe.calibrator().orElseThrow());
        Map<String, ActivationRange> ranges = new LinkedHashMap<>();
        var options = settings.fixed().excluding(recipe.excludedNodes());
        for (var tensor : observe(options)) {
            ranges.put(tensor, calibrator.range(Objects.requireNonNull(histograms.get(tensor))));
        }
        return StaticQuantizer.quantize(prepared(), ranges, options, provenance);
    }

    /** What a build needs ranges for. A node left in float can make tensors count that did not before. */
    private List<String> observe(StaticOptions options) throws UnsupportedGraphException {
        var tensors = StaticQuantizer.observedTensors(prepared(), options);
        var unseen = tensors.stream()
                .filter(tensor -> !histograms.containsKey(tensor))
                .toList();
        if (!unseen.isEmpty()) {
            histograms.putAll(laboratory.observe(ObservedModel.of(prepared(), unseen), unseen));
        }
        return tensors;
    }
}
