package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.Nodes;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StaticQuantizerTest {

    private static final Provenance PROVENANCE = new Provenance("s", "static", Optional.of("c"));
    private static final List<Tensor> SAMPLES = IntStream.range(0, 30)
            .mapToObj(seed -> SmallGraph.sample(seed, 1, 3, 8, 8))
            .toList();

    /** A residual block: Conv, Relu, Conv, Add, Relu, MaxPool, Conv, pooled to one row for a Gemm. */
    private static OnnxModel block() {
        return SmallGraph.of(13, 1, 3, 8, 8)
                .random("w1", 1, 8L, 3L, 3L, 3L)
                .random("b1", 2, 8L)
                .random("w2", 3, 8L, 8L, 1L, 1L)
                .random("w3", 4, 8L, 8L, 3L, 3L)
                .random("b3", 5, 8L)
                .random("w4", 6, 5L, 8L)
                .random("b4", 7, 5L)
                .node("Conv", "x w1 b1 -> c1", SmallGraph.ints("pads", 1, 1, 1, 1))
                .node("Relu", "c1 -> r1")
                .node("Conv", "r1 w2 -> c2")
                .node("Add", "c2 r1 -> a")
                .node("Relu", "a -> r2")
                .node("MaxPool", "r2 -> m", SmallGraph.ints("kernel_shape", 2, 2), SmallGraph.ints("strides", 2, 2))
                .node("Conv", "m w3 b3 -> c3", SmallGraph.ints("pads", 1, 1, 1, 1))
                .node("GlobalAveragePool", "c3 -> p")
                .node("Flatten", "p -> f")
                .node("Gemm", "f w4 b4 -> y", Nodes.attribute("transB", 1))
                .model();
    }

    @ParameterizedTest
    @EnumSource
    void itAnswersNearlyAsFloatWithAnyReachAndType(StaticOptions.Reach reach) throws Exception {
        for (var type : StaticOptions.Activation.values()) {
            var options = StaticOptions.DEFAULT.with(reach).with(type);
            var build = StaticQuantizer.quantize(block(), ranges(block(), options), options, PROVENANCE);
            assertThat(signalToNoise(block(), build.model())).isGreaterThan(25);
        }
    }

    @Test
    void oneScalePerChannelIsCloserThanOneForAll() throws Exception {
        var one = new StaticOptions(
                false, StaticOptions.Activation.UINT8, false, StaticOptions.Reach.BETWEEN_PRODUCTS, Set.of());
        var perTensor = StaticQuantizer.quantize(block(), ranges(block(), one), one, PROVENANCE);
        var perChannel = StaticQuantizer.quantize(block(), ranges(block(), StaticOptions.DEFAULT), PROVENANCE);
        assertThat(signalToNoise(block(), perTensor.model())).isGreaterThan(20);
        assertThat(signalToNoise(block(), perChannel.model())).isGreaterThan(signalToNoise(block(), perTensor.model()));
    }

    @Test
    void tensorsThatShareAScaleAreObservedOnce() throws Exception {
        assertThat(StaticQuantizer.observedTensors(block())).containsExactly("x", "r1", "c2", "r2", "c3", "p");
        assertThat(StaticQuantizer.observedTensors(block(), StaticOptions.DEFAULT.with(StaticOptions.Reach.PRODUCTS)))
                .containsExactly("x", "r1", "c2", "m", "c3", "f");
    }

    @Test
    void removedBoundsAreRecordedAndHoldAgainstAWiderRange() throws Exception {
        // Given
        var ranges = ranges(block(), StaticOptions.DEFAULT);
        var build = StaticQuantizer.quantize(block(), ranges, PROVENANCE).model();
        assertThat(build.proto().getMetadataPropsList())
                .anyMatch(entry -> entry.getKey().equals("plumbline.removed.r1")
                        && entry.getValue().equals("0.0 Infinity"));

        // When
        Map<String, ActivationRange> wider = new LinkedHashMap<>(ranges);
        wider.replaceAll((tensor, range) -> new ActivationRange(-range.max(), range.max()));
        var again = StaticQuantizer.recalibrate(build, wider, PROVENANCE).model();

        // Then
        assertThat(signalToNoise(block(), again)).isGreaterThan(20);
        assertThat(SmallGraph.run(
                        StaticQuantizer.recalibrate(again, ranges, PROVENANCE).model(), SAMPLES.get(0)))
                .containsExactly(SmallGraph.run(build, SAMPLES.get(0)), within(1e-2f));
    }

    @Test
    void aBuildOverTheWrongRangesIsMendedByTheRightOnes() throws Exception {
        var ranges = ranges(block(), StaticOptions.DEFAULT);
        Map<String, ActivationRange> narrow = new LinkedHashMap<>(ranges);
        narrow.replaceAll((tensor, range) -> new ActivationRange(range.min() / 20, range.max() / 20));
        var bad = StaticQuantizer.quantize(block(), narrow, PROVENANCE).model();
        var mended = StaticQuantizer.recalibrate(bad, ranges, PROVENANCE).model();
        assertThat(signalToNoise(block(), bad)).isLessThan(6);
        assertThat(signalToNoise(block(), mended)).isGreaterThan(25);
        assertThatThrownBy(() -> StaticQuantizer.recalibrate(bad, Map.of(), PROVENANCE))
                .hasMessageContaining("there is no new range for");
    }

    @Test
    void aBiasThatOutgrowsItsIntegerWidensTheWeightsOfItsChannelAlone() throws Exception {
        var model = SmallGraph.of(13, 1, 3, 8, 8)
                .floats("w", List.of(2L, 3L, 1L, 1L), 1e-9f, 2e-9f, -1e-9f, 1, 2, -1)
                .floats("b", List.of(2L), 5, 1)
                .node("Conv", "x w b -> y")
                .model();
        var ranges = ranges(model, StaticOptions.DEFAULT);
        var build = StaticQuantizer.quantize(model, ranges, PROVENANCE).model();
        assertThat(signalToNoise(model, build)).isGreaterThan(35);
        assertThat(signalToNoise(
                        model,
                        StaticQuantizer.recalibrate(build, ranges, PROVENANCE).model()))
                .isGreaterThan(35);
    }

    @Test
    void sharedWeightsAndBiasesServeEachOfTheirNodes() throws Exception {
        var model = SmallGraph.of(13, 1, 3, 8, 8)
                .random("w", 1, 3L, 3L, 1L, 1L)
                .random("b", 2, 3L)
                .node("Conv", "x w b -> c")
                .node("Relu", "c -> r")
                .node("Conv", "r w b -> d")
                .node("Add", "c d -> y")
                .model();
        var build = StaticQuantizer.quantize(model, ranges(model, StaticOptions.DEFAULT), PROVENANCE);
        assertThat(signalToNoise(model, build.model())).isGreaterThan(30);
    }

    @Test
    void aTransposedConvolutionBecomesSmallerAndStaysClose() throws Exception {
        var model = SmallGraph.of(13, 1, 3, 8, 8)
                .random("w", 1, 3L, 16L, 3L, 3L)
                .node("ConvTranspose", "x w -> y")
                .model();
        var build = StaticQuantizer.quantize(model, Map.of(), PROVENANCE);
        assertThat(signalToNoise(model, build.model())).isGreaterThan(40);
    }

    @Test
    void anExcludedNodeStaysFloatAndAnUnknownOneIsRefused() throws Exception {
        var options = StaticOptions.DEFAULT.excluding(Set.of("Conv6", "Gemm9"));
        var build = StaticQuantizer.quantize(block(), ranges(block(), options), options, PROVENANCE);
        assertThat(build.quantizedNodes()).noneMatch(node -> node.contains("Conv6") || node.contains("Gemm9"));
        assertThat(signalToNoise(block(), build.model())).isGreaterThan(25);
        assertThatThrownBy(() -> StaticQuantizer.observedTensors(block(), options.excluding(Set.of("Conv7"))))
                .hasMessage("excluded node 'Conv7' is not in the graph");
    }

    private static Map<String, ActivationRange> ranges(OnnxModel model, StaticOptions options) throws Exception {
        return Calibrations.ranges(Calibrations.observe(model, options, SAMPLES), Calibrator.minMax());
    }

    /** In decibels, over all samples. */
    private static double signalToNoise(OnnxModel model, OnnxModel build) throws Exception {
        double signal = 0;
        double noise = 0;
        for (var sample : SAMPLES.subList(0, 5)) {
            var expected = SmallGraph.run(model, sample);
            var answer = SmallGraph.run(build, sample);
            for (int i = 0; i < expected.length; i++) {
                signal += Math.pow(expected[i], 2);
                noise += Math.pow(expected[i] - answer[i], 2);
            }
        }
        return 10 * Math.log10(signal / Math.max(noise, 1e-30));
    }
}
