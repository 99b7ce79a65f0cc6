package io.plumbline.registry.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.QualityReport.Layer;
import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.TensorSpec;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.laboratory.Comparer;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.quality.Closeness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbenchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aDetectorOfAnOldOperatorSetIsBuiltAndObserved() throws Exception {
        staticBuildFollows(Models.ultraFace(), 0.99);
    }

    @Test
    void aDetectorOfShuffledConvolutionsIsBuiltAndObserved() throws Exception {
        staticBuildFollows(Models.fastestDet(), 0.97);
    }

    @Test
    void convolutionsOverReadingsAreBuiltAndObserved() throws Exception {
        staticBuildFollows(Models.occupancy("occ5_fp32.onnx"), 0.95);
    }

    private static void staticBuildFollows(Source source, double cosine) throws Exception {
        // When
        try (var bench = Workbench.of(source, Workbench.Tools.of(new InProcess()), "a test")) {
            var build = bench.make(Recipe.calibrated("minmax"), NOW);

            // Then: what answers is near FP32, what is observed is FP32 and shows every range
            assertThat(build.card().recipe()).isEqualTo("static-minmax");
            assertThat(build.card().calibration()).isPresent();
            assertThat(build.onnx().size()).isLessThan(source.onnx().size());
            assertThat(build.selfTest().cases()).isNotEmpty();
            // And: every second sample compares
            assertThat(build.quality().layers().orElseThrow().worst().isEmpty())
                    .isEqualTo(source.samples().size() < 2);
            assertThat(build.quality().layers().orElseThrow().worst())
                    .isSortedAccordingTo(
                            Comparator.comparing((Layer layer) -> layer.sqnrDb().orElse(Double.MAX_VALUE)))
                    .allSatisfy(layer -> assertThat(layer.sqnrDb().orElse(60.0)).isBetween(0.0, 120.0));
            worst(source, build.onnx())
                    .forEach((output, one) ->
                            assertThat(one.cosineMean()).as(output).isGreaterThan(cosine));
            worst(source, build.observed())
                    .forEach(
                            (output, one) -> assertThat(one.sqnrDb()).as(output).isGreaterThan(80));
            try (var observed = OrtEngine.load(build.observed().get(), EngineOptions.DEFAULT)) {
                var seen = new HashSet<String>();
                observed.inputs().forEach(input -> seen.add(input.name()));
                observed.outputs().forEach(output -> seen.add(output.name()));
                assertThat(build.card().ranges())
                        .isNotEmpty()
                        .extracting(TensorRange::tensor)
                        .isSubsetOf(seen);
            }
        }
    }

    /** Of the outputs that the pushed model has. */
    private static Map<String, Closeness> worst(Source source, ModelBytes candidate) throws Exception {
        try (var fp32 = OrtEngine.load(source.onnx().get(), EngineOptions.DEFAULT);
                var other = OrtEngine.load(candidate.get(), EngineOptions.DEFAULT)) {
            var outputs = fp32.outputs().stream().map(TensorSpec::name).toList();
            return Comparer.ofSameNames(outputs).compare(fp32, other, source.all());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamic", "static-minmax", "static-minmax-margin", "static-percentile", "static-percentile:99.9",
                "static-entropy", "static-mse", "fp16", "int4", "int8-weights"
            })
    void everyRecipeWordOfACardGivesABuildThatRuns(String word) throws Exception {
        var source = Models.climate(Optional.empty());
        try (var bench = Workbench.of(source, Workbench.Tools.of(new InProcess()), "a test")) {
            var order = Order.of(word);
            var build = bench.make(((Order.Fixed) order).recipe(), NOW);
            assertThat(build.card().recipe()).isEqualTo(word);
            assertThat(build.card().ranges().isEmpty()).isEqualTo(!word.startsWith("static"));
            var layers = build.quality().layers().orElseThrow();
            assertThat(layers.because().isEmpty()).isNotEqualTo(layers.worst().isEmpty());
            assertThat(layers.worst().isEmpty() && !word.equals("fp16")).isFalse();
            worst(source, build.onnx())
                    .forEach((output, one) -> assertThat(one.cosineMean()).isGreaterThan(0.9));
            worst(source, build.observed())
                    .forEach((output, one) -> assertThat(one.sqnrDb()).isGreaterThan(80));
        }
    }

    @Test
    void aModelTrainedForQuantizationIsImportedAndNotQuantizedTwice() throws Exception {
        var source = Models.occupancy("occ5_qat_qdq.onnx");
        try (var bench = Workbench.of(source, Workbench.Tools.of(new InProcess()), "a test")) {
            var build = bench.importTrained(NOW);
            assertThat(build.card().recipe()).isEqualTo("qat");
            worst(source, build.onnx())
                    .forEach((output, one) -> assertThat(one.cosineMean()).isGreaterThan(0.999));
            // What it is compared with is float, and so differs from what was pushed.
            worst(source, build.observed())
                    .forEach((output, one) -> assertThat(one.sqnrDb()).isBetween(5.0, 60.0));
            assertThatThrownBy(() -> bench.make(Recipe.calibrated("minmax"), NOW))
                    .isInstanceOf(BuildException.class)
                    .hasMessageMatching(
                            "recipe static-minmax: .*Linear.*: the model is quantized already; its recipe is qat");
        }
    }

    @Test
    void aFloatModelIsNotImported() throws Exception {
        try (var bench =
                Workbench.of(Models.climate(Optional.empty()), Workbench.Tools.of(new InProcess()), "a test")) {
            assertThatThrownBy(() -> bench.importTrained(NOW))
                    .isInstanceOf(BuildException.class)
                    .hasMessageStartingWith("recipe qat: no Conv, Gemm or MatMul between DequantizeLinear nodes");
        }
    }

    @Test
    void aSearchNeedsAGoalAndSamplesToJudgeBy() throws Exception {
        try (var bench =
                Workbench.of(Models.climate(Optional.empty()), Workbench.Tools.of(new InProcess()), "a test")) {
            assertThatThrownBy(() -> bench.search(Duration.ofMinutes(1), Clock.systemUTC()))
                    .hasMessageStartingWith("recipe auto: the card has no goal; give it one");
        }
        var climate = Models.climate(Optional.of(new Goal(Goal.Figure.COSINE, 0.9, Goal.Measure.SIZE)));
        var few = new Source(
                climate.model(),
                climate.digest(),
                climate.onnx(),
                climate.input(),
                climate.samples().subList(0, 31),
                climate.probes(),
                climate.goal());
        try (var bench = Workbench.of(few, Workbench.Tools.of(new InProcess()), "a test")) {
            assertThatThrownBy(() -> bench.search(Duration.ofMinutes(1), Clock.systemUTC()))
                    .hasMessage("recipe auto: a search needs 32 samples, half of them to judge by; there are 31");
        }
    }
}
