package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.half.HalfPrecision;
import io.plumbline.quantizer.inspect.Inspector;
import io.plumbline.quantizer.onnx.Graphs;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import io.plumbline.support.SharedFiles;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights that exporters list among the inputs, where a caller could give others. */
class ConstantInputsTest {

    private static final int SIZE = 32;
    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());

    private interface Maker {
        QuantizedModel make(OnnxModel model) throws UnsupportedGraphException;
    }

    private static List<Named<Maker>> recipes() {
        return List.of(
                Named.of("dynamic", model -> DynamicQuantizer.quantize(model, PROVENANCE)),
                Named.of("int4", model -> BlockQuantizer.quantize(model, BlockOptions.DEFAULT, PROVENANCE)),
                Named.of("fp16", model -> HalfPrecision.convert(model, OrtRuntime.INSTANCE, PROVENANCE)),
                Named.of("static", ConstantInputsTest::makeStatic));
    }

    private static QuantizedModel makeStatic(OnnxModel model) throws UnsupportedGraphException {
        var prepared = Preparation.prepare(model, OrtRuntime.INSTANCE);
        return StaticQuantizer.quantize(prepared, Map.of("x", new ActivationRange(-1, 1)), PROVENANCE);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeTakesThemForConstantsAndSaysSo(Maker recipe) throws Exception {
        // When
        var build = recipe.make(product(8));

        // Then
        var graph = build.model().proto().getGraph();
        assertThat(graph.getInputList())
                .extracting(OnnxMl.ValueInfoProto::getName)
                .containsExactly("x");
        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getDataType() == DataType.FLOAT.getNumber())
                .allMatch(tensor -> tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b) <= SIZE);
        assertThat(build.fixedInputs()).hasValue("w");
        SmallGraph.run(build.model(), SmallGraph.sample(1, 1, SIZE));
    }

    @Test
    void inspectionSaysThatTheyKeepTheModelSlow() throws Exception {
        assertThat(Inspector.inspect(product(8)).obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.because()).startsWith("weights that are inputs too"));
        assertThat(Inspector.inspect(product(3)).obstacles()).isEmpty();
    }

    @Test
    void beforeVersionFourNobodyCouldGiveOthersAndNothingIsSaid() throws Exception {
        var build = DynamicQuantizer.quantize(product(3), PROVENANCE);
        assertThat(build.model().proto().getGraph().getInputCount()).isEqualTo(1);
        assertThat(build.fixedInputs()).isEmpty();
    }

    @Test
    void aFaceDetectorWithSuchWeightsIsHalfAsLargeInHalfPrecision() throws Exception {
        var bytes = Files.readAllBytes(SharedFiles.require("models/ultraface_slim_320.onnx"));
        var half = HalfPrecision.convert(OnnxModel.parse(bytes), OrtRuntime.INSTANCE, PROVENANCE);
        assertThat(half.toBytes().length).isLessThan((int) (bytes.length * 0.55));
        assertThat(half.fixedInputs().orElseThrow()).contains(" more");
    }

    private static OnnxModel product(long irVersion) throws Exception {
        var weights = new float[SIZE * SIZE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i % 7 - 3) / 4f;
        }
        var proto = Graphs.opset(13)
                .input("x", 1, SIZE)
                .input("w", SIZE, SIZE)
                .constant(Tensors.ofFloats("w", List.of((long) SIZE, (long) SIZE), weights))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", 1, SIZE)
                .proto();
        return OnnxModel.parse(proto.toBuilder().setIrVersion(irVersion).build().toByteArray());
    }
}
