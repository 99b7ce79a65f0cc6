package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl;
import io.plumbline.quantizer.half.HalfPrecision;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import io.plumbline.quantizer.weightonly.BlockOptions;
import io.plumbline.quantizer.weightonly.BlockQuantizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A real transformer of 90 MB; the only test of this module that is slow. */
class MiniLmBigModelTest {

    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());
    private static final int MEGABYTE = 1_000_000;

    private static Optional<OnnxModel> source = Optional.empty();
    private static List<List<Integer>> sentences = List.of();
    private static List<float[]> fp32 = List.of();

    @BeforeAll
    static void runFp32() throws Exception {
        assumeThat(MiniLm.isThere())
                .as("the MiniLM model is on the class path: build without -Dquick")
                .isTrue();
        source = Optional.of(OnnxModel.parse(MiniLm.resource("all-minilm-l6-v2.onnx")));
        sentences = MiniLm.sentences();
        assertThat(sentences)
                .hasSizeGreaterThanOrEqualTo(100)
                .allMatch(tokens -> tokens.size() > 6 && !tokens.contains(-1));
        fp32 = MiniLm.embeddings(source.get(), sentences);
    }

    @AfterAll
    static void forget() {
        source = Optional.empty();
    }

    @Test
    void dynamicIsAQuarterOfTheSizeAndKeepsTheMeaning(TestReporter reporter) throws Exception {
        var int8 = DynamicQuantizer.quantize(source.orElseThrow(), PROVENANCE);
        assertThat(int8.quantizedNodes()).hasSize(36 + 3);
        assertThat(int8.model().proto().getSerializedSize()).isLessThanOrEqualTo(23 * MEGABYTE);
        // 0.99333 where bytes multiply exactly; a little less on x64 without VNNI, whose 16-bit sums saturate.
        assertThat(report("dynamic", int8, reporter)).isGreaterThanOrEqualTo(0.993);
    }

    @Test
    void inAReducedRangeItsWeightsAreThoseOfTheReferenceToolBitForBit() throws Exception {
        // Given
        var reference = initializers(OnnxModel.parse(MiniLm.resource("all-minilm-l6-v2-q.onnx")));

        // When
        var options = new DynamicOptions(true, true, true, Set.of());
        var ours = initializers(DynamicQuantizer.quantize(source.orElseThrow(), options, PROVENANCE)
                .model());

        // Then
        var weights = reference.keySet().stream()
                .filter(name -> name.endsWith("_quantized"))
                .map(name -> name.substring(0, name.length() - "_quantized".length()))
                .filter(name -> !name.contains("_embeddings"))
                .toList();
        assertThat(weights).hasSize(36);
        for (var weight : weights) {
            assertThat(ours.get(weight + ".int8").getRawData())
                    .as(weight)
                    .isEqualTo(reference.get(weight + "_quantized").getRawData());
            assertThat(floats(ours.get(weight + ".scales"))).isEqualTo(floats(reference.get(weight + "_scale")));
        }
    }

    @Test
    void anExcludedNodeStaysAsItIs() throws Exception {
        var all = DynamicQuantizer.quantize(source.orElseThrow(), PROVENANCE).quantizedNodes();
        var first = source.orElseThrow().proto().getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("MatMul"))
                .findFirst()
                .orElseThrow();
        var options = DynamicOptions.DEFAULT.excluding(Set.of(first.getName()));
        assertThat(DynamicQuantizer.quantize(source.orElseThrow(), options, PROVENANCE)
                        .quantizedNodes())
                .hasSize(all.size() - 1);
    }

    @Test
    void halfPrecisionIsHalfTheSizeAndTellsNoDifference(TestReporter reporter) throws Exception {
        var half = HalfPrecision.convert(source.orElseThrow(), OrtRuntime.INSTANCE, PROVENANCE);
        assertThat(half.model().proto().getSerializedSize()).isLessThan(46 * MEGABYTE);
        assertThat(report("half", half, reporter)).isGreaterThan(0.9999);
    }

    @Test
    void blocksOfFourBitsStayCloseAndOfEightBitsCloser(TestReporter reporter) throws Exception {
        var four = BlockQuantizer.quantize(source.orElseThrow(), BlockOptions.DEFAULT, PROVENANCE);
        assertThat(four.model().proto().getSerializedSize()).isLessThan(20 * MEGABYTE);
        assertThat(report("4 bits", four, reporter)).isGreaterThan(0.97);
        var eight = BlockQuantizer.quantize(source.orElseThrow(), BlockOptions.DEFAULT.withBits(8), PROVENANCE);
        assertThat(report("8 bits", eight, reporter)).isGreaterThan(0.999);
    }

    private static double report(String recipe, QuantizedModel model, TestReporter reporter) throws Exception {
        var cosine = MiniLm.cosine(fp32, MiniLm.embeddings(model.model(), sentences));
        reporter.publishEntry(
                recipe,
                "cosine %.5f over %d sentences, %d bytes"
                        .formatted(
                                cosine, sentences.size(), model.model().proto().getSerializedSize()));
        return cosine;
    }

    private static Map<String, OnnxMl.TensorProto> initializers(OnnxModel model) {
        return model.proto().getGraph().getInitializerList().stream()
                .collect(Collectors.toMap(OnnxMl.TensorProto::getName, Function.identity()));
    }

    private static float[] floats(OnnxMl.TensorProto tensor) throws Exception {
        return Tensors.floats(tensor);
    }
}
