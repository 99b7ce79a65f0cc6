package io.plumbline.quantizer.weightonly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.arithmetic.BlockWeights;
import io.plumbline.quantizer.onnx.Graphs;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.onnx.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockQuantizerTest {

    private static final Provenance PROVENANCE = new Provenance("s", "r", Optional.empty());
    private static final int ROWS = 70;
    private static final int COLUMNS = 5;

    @ParameterizedTest
    @CsvSource({"4, true, 16", "4, false, 16", "4, false, 32", "8, true, 16", "8, false, 32", "8, false, 64"})
    void theRuntimeReadsTheWeightsThatWerePacked(int bits, boolean symmetric, int size) throws Exception {
        // Given
        var weight = weight();
        var form = new BlockWeights.Form(bits, size, symmetric);
        var blocks = BlockWeights.of(weight, ROWS, false, form);
        var options = new BlockOptions(bits, size, symmetric, 1, Set.of());

        // When
        var model = BlockQuantizer.quantize(product(weight, false), options, PROVENANCE);

        // Then
        var expected = dequantized(blocks, form);
        try (var engine = OrtEngine.load(model.toBytes(), EngineOptions.DEFAULT)) {
            for (int row = 0; row < ROWS; row++) {
                var one = new float[ROWS];
                one[row] = 1;
                var answer = engine.run(Map.of("x", Tensor.of(new long[] {1, ROWS}, one)))
                        .get("y");
                for (int column = 0; column < COLUMNS; column++) {
                    assertThat(answer.get(column)).isCloseTo(expected[row][column], within(1e-6f));
                    var step = Math.abs(blocks.scales()[column * form.blocks(ROWS) + row / size]);
                    assertThat(answer.get(column))
                            .as("within a step, which is what the last level of a symmetric block may lose")
                            .isCloseTo(weight[row * COLUMNS + column], within(1.0001f * step));
                }
            }
        }
    }

    @Test
    void aTransposedGemmWithABiasAnswersAsItsProduct() throws Exception {
        var turned = new float[ROWS * COLUMNS];
        for (int i = 0; i < turned.length; i++) {
            turned[i % COLUMNS * ROWS + i / COLUMNS] = weight()[i];
        }
        var plain = BlockQuantizer.quantize(product(weight(), false), BlockOptions.DEFAULT, PROVENANCE);
        var gemm = BlockQuantizer.quantize(product(turned, true), BlockOptions.DEFAULT, PROVENANCE);
        var x = new float[ROWS];
        Arrays.fill(x, 0.5f);
        try (var one = OrtEngine.load(plain.toBytes(), EngineOptions.DEFAULT);
                var other = OrtEngine.load(gemm.toBytes(), EngineOptions.DEFAULT)) {
            var input = Map.of("x", Tensor.of(new long[] {1, ROWS}, x));
            var product = one.run(input).get("y");
            var sum = other.run(input).get("y");
            for (int i = 0; i < COLUMNS; i++) {
                assertThat(sum.get(i)).isCloseTo(product.get(i) + i, within(1e-5f));
            }
        }
    }

    @Test
    void optionsThatTheOperatorDoesNotKnowAreRefused() {
        assertThatThrownBy(() -> BlockOptions.DEFAULT.withBits(5)).hasMessage("bits 5 must be 4 or 8");
        assertThatThrownBy(() -> new BlockOptions(4, 24, true, 4, Set.of()))
                .hasMessage("block size 24 must be a power of two from 16 to 256");
        assertThatThrownBy(() -> BlockQuantizer.quantize(
                        product(weight(), false), new BlockOptions(4, 32, true, 4, Set.of("nobody")), PROVENANCE))
                .hasMessage("node 'nobody' is not in the graph");
    }

    private static float[] weight() {
        var random = new Random(7);
        var weight = new float[ROWS * COLUMNS];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        return weight;
    }

    private static OnnxModel product(float[] weight, boolean gemm) throws Exception {
        var graph = Graphs.opset(17).input("x", 1, ROWS).output("y", 1, COLUMNS);
        if (gemm) {
            graph.constant(Tensors.ofFloats("w", List.of((long) COLUMNS, (long) ROWS), weight))
                    .constant(Tensors.ofFloats("b", List.of((long) COLUMNS), 0, 1, 2, 3, 4))
                    .node("Gemm", List.of("x", "w", "b"), "y", Nodes.attribute("transB", 1));
        } else {
            graph.constant(Tensors.ofFloats("w", List.of((long) ROWS, (long) COLUMNS), weight))
                    .node("MatMul", List.of("x", "w"), "y");
        }
        return graph.model();
    }

    private static float[][] dequantized(BlockWeights blocks, BlockWeights.Form form) {
        var count = form.blocks(ROWS);
        var real = new float[ROWS][COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            for (int row = 0; row < ROWS; row++) {
                var block = row / form.size();
                var first = column * count + block;
                var zero = form.symmetric()
                        ? 1 << (form.bits() - 1)
                        : level(blocks.zeroPoints(), column * form.zeroPointBytes(ROWS), block, form.bits());
                var level = level(blocks.values(), first * form.blockBytes(), row % form.size(), form.bits());
                real[row][column] = blocks.scales()[first] * (level - zero);
            }
        }
        return real;
    }

    private static int level(byte[] packed, int start, int index, int bits) {
        return bits == 8 ? packed[start + index] & 0xff : (packed[start + index / 2] >> (index % 2 * 4)) & 15;
    }
}
