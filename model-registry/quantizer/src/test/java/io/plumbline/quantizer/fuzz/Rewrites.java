package io.plumbline.quantizer.fuzz;

import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.Renewal;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.half.HalfPrecision;
import io.plumbline.quantizer.inspect.Inspector;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.OpsetUpgrade;
import io.plumbline.quantizer.qat.QatImport;
import io.plumbline.quantizer.qdq.Recalibration;
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that this library does with a model. */
final class Rewrites {

    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());
    private static final BlockOptions EIGHT_BITS = new BlockOptions(8, 32, true, 4, Set.of());
    private static final DynamicOptions PER_TENSOR = new DynamicOptions(false, true, true, Set.of());

    private Rewrites() {}

    /** Some rewrite of a parsed model. */
    private interface Rewrite {

        Object apply(OnnxModel model) throws UnsupportedGraphException;
    }

    private static final List<Rewrite> ALL = List.of(
            model -> DynamicQuantizer.quantize(model, PROVENANCE).toBytes(),
            model -> DynamicQuantizer.quantize(model, PER_TENSOR, PROVENANCE).toBytes(),
            model -> BlockQuantizer.quantize(model, BlockOptions.DEFAULT, PROVENANCE)
                    .toBytes(),
            model -> HalfPrecision.convert(model, new Guessing(), PROVENANCE).toBytes(),
            model -> QatImport.normalise(model, PROVENANCE).toBytes(),
            model -> OpsetUpgrade.apply(model).toBytes(),
            model -> BlockQuantizer.quantize(model, EIGHT_BITS, PROVENANCE).toBytes(),
            model -> Inspector.inspect(model),
            model -> statically(model, StaticOptions.DEFAULT),
            model -> statically(model, StaticOptions.DEFAULT.with(StaticOptions.Activation.INT8)),
            model -> StaticQuantizer.recalibrate(model, Everything.within(-2, 3), PROVENANCE),
            Rewrites::recalibrate);

    private static Object recalibrate(OnnxModel model) throws UnsupportedGraphException {
        var recalibration = Recalibration.of(model);
        ObservedModel.of(recalibration.floatForm(), recalibration.observed());
        return recalibration.apply(Everything.within(-2, 3), new Renewal(0.5, 10), PROVENANCE);
    }

    /** The same range for any tensor. */
    private static final class Everything extends AbstractMap<String, ActivationRange> {

        private final ActivationRange range;

        private Everything(ActivationRange range) {
            this.range = range;
        }

        static Map<String, ActivationRange> within(float low, float high) {
            return new Everything(new ActivationRange(low, high));
        }

        @Override
        public ActivationRange get(Object tensor) {
            return range;
        }

        @Override
        public boolean containsKey(Object tensor) {
            return true;
        }

        @Override
        public Set<Entry<String, ActivationRange>> entrySet() {
            return Set.of();
        }
    }

    static byte[] statically(OnnxModel model) throws UnsupportedGraphException {
        return statically(model, StaticOptions.DEFAULT);
    }

    /** Quantized over one range and recalibrated over another. */
    private static byte[] statically(OnnxModel model, StaticOptions options) throws UnsupportedGraphException {
        ObservedModel.of(model, StaticQuantizer.observedTensors(model, options)).toBytes();
        var build = StaticQuantizer.quantize(model, Everything.within(-1, 1), options, PROVENANCE);
        return StaticQuantizer.recalibrate(build.model(), Everything.within(-2, 3), PROVENANCE)
                .toBytes();
    }

    /**
     * @return how many rewrites the model went through
     * @throws RuntimeException a bug
     */
    static int tryAll(byte[] bytes) {
        try {
            var model = OnnxModel.parse(bytes);
            var done = 0;
            for (var rewrite : ALL) {
                done += isDone(rewrite, model) ? 1 : 0;
            }
            return done;
        } catch (MalformedModelException e) {
            return 0;
        }
    }

    private static boolean isDone(Rewrite rewrite, OnnxModel model) {
        try {
            rewrite.apply(model);
            return true;
        } catch (UnsupportedGraphException e) {
            return false;
        }
    }

    /** Knows nothing and says something. */
    private static final class Guessing implements QuantizerRuntime {

        @Override
        public Map<String, String> elementTypes(OnnxModel model, List<String> tensors) {
            Map<String, String> types = new HashMap<>();
            tensors.forEach(tensor -> types.put(tensor, tensor.hashCode() % 3 == 0 ? "int64" : "float"));
            return types;
        }

        @Override
        public OnnxModel optimizeBasic(OnnxModel model) {
            return model;
        }
    }
}
