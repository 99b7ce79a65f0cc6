package io.plumbline.quantizer.fuzz;

import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.DynamicQuantizer;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.QuantizerRuntime;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.half.HalfPrecision;
import io.plumbline.quantizer.onnx.MalformedModelException;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.onnx.upgrade.OpsetUpgrade;
import io.plumbline.quantizer.qat.QatImport;
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that this library does with a model. */
final class Rewrites {

    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());
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
            Rewrites::statically);

    private static byte[] statically(OnnxModel model) throws UnsupportedGraphException {
        Map<String, ActivationRange> ranges = new HashMap<>();
        var tensors = StaticQuantizer.observedTensors(model);
        tensors.forEach(tensor -> ranges.put(tensor, new ActivationRange(-1, 1)));
        ObservedModel.of(model, tensors).toBytes();
        return StaticQuantizer.quantize(model, ranges, PROVENANCE).toBytes();
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
        public Map<String, String> elementTypes(byte[] model, List<String> tensors) {
            Map<String, String> types = new HashMap<>();
            tensors.forEach(tensor -> types.put(tensor, tensor.hashCode() % 3 == 0 ? "int64" : "float"));
            return types;
        }

        @Override
        public byte[] optimizeBasic(byte[] model) {
            return model;
        }
    }
}
