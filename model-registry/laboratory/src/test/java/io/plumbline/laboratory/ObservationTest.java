package io.plumbline.laboratory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.InferenceException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.quantizer.ObservedModel;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.calibration.MovingAverage;
import io.plumbline.quantizer.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final Path MODEL =
            Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate/climate_event_fp32.onnx");

    @Test
    void everyObservedTensorGivesAHistogramThatACalibratorReads() throws Exception {
        // Given
        var prepared = Preparation.prepare(OnnxModel.parse(Files.readAllBytes(MODEL)), new OrtRuntime());
        var tensors = StaticQuantizer.observedTensors(prepared);
        var observed = ObservedModel.of(prepared, tensors).toBytes();

        try (var engine = OrtEngine.load(observed, EngineOptions.DEFAULT)) {
            // When
            var seen = Observation.of(engine, tensors, List.of(window(27), window(31)));

            // Then
            assertThat(seen).extracting(one -> one.tensor()).containsExactlyElementsOf(tensors);
            for (var one : seen) {
                var read = Observation.read(one);
                assertThat(read.bins()).isEqualTo(Observation.BINS);
                assertThat(read.seen().min()).isLessThanOrEqualTo(read.seen().max());
            }
            assertThatThrownBy(() -> Observation.of(engine, tensors, List.of()))
                    .isInstanceOf(InferenceException.class)
                    .hasMessage("the samples give no finite value of tensor '" + tensors.get(0) + "'");
        }
    }

    @Test
    void anInputIsSeenInEverySampleAndNotOnlyInTheFirst() throws Exception {
        var prepared = Preparation.prepare(OnnxModel.parse(Files.readAllBytes(MODEL)), new OrtRuntime());
        try (var engine =
                OrtEngine.load(ObservedModel.of(prepared, List.of("window")).toBytes(), EngineOptions.DEFAULT)) {
            var samples = List.of(window(27), window(31), window(15), window(40));
            var seen = Observation.of(engine, List.of("window"), samples).get(0);
            assertThat(seen.min()).isEqualTo(15);
            assertThat(seen.max()).isEqualTo(40);
        }
    }

    @Test
    void rangesOfSamplesAreAveragedInTheirOrder() throws Exception {
        // Given
        try (var engine = OrtEngine.load(Files.readAllBytes(MODEL), EngineOptions.DEFAULT)) {
            var input = engine.inputs().get(0).name();
            var first = range(window(27).get(input));
            var second = range(window(31).get(input));

            // When
            var seen = Observation.inOrder(engine, List.of(input), List.of(window(27), window(31)))
                    .get(input);

            // Then
            assertThat(Calibrator.named("moving-average").range(seen))
                    .isEqualTo(MovingAverage.startingAt(first, MovingAverage.SMOOTHING)
                            .then(second)
                            .range());
        }
    }

    private static ActivationRange range(Tensor values) {
        var histogram = new RangeHistogram("x", Observation.BINS);
        histogram.add(values);
        return new ActivationRange(
                histogram.snapshot().min(), histogram.snapshot().max());
    }

    @Test
    void tenThousandSamplesKeepNoMoreThanTenDo() throws Exception {
        // Given
        var prepared = Preparation.prepare(OnnxModel.parse(Files.readAllBytes(MODEL)), new OrtRuntime());
        var tensors = StaticQuantizer.observedTensors(prepared);
        try (var engine = OrtEngine.load(ObservedModel.of(prepared, tensors).toBytes(), EngineOptions.DEFAULT)) {
            // When
            var few = Observation.of(engine, tensors, windows(10));
            var many = Observation.of(engine, tensors, windows(10_000));

            // Then
            assertThat(many).extracting(one -> one.tensor()).containsExactlyElementsOf(tensors);
            assertThat(many.stream().mapToInt(one -> one.bins().size()).sum())
                    .isEqualTo(few.stream().mapToInt(one -> one.bins().size()).sum())
                    .isEqualTo(tensors.size() * Observation.BINS);
        }
    }

    /** Made one at a time, as they are asked for. */
    private static Iterable<Map<String, Tensor>> windows(int count) {
        return () -> IntStream.range(0, count)
                .mapToObj(i -> window(15 + (i * 7919 % 2000) / 100f))
                .iterator();
    }

    private static Map<String, Tensor> window(float value) {
        var values = new float[32];
        Arrays.fill(values, value);
        return Map.of("window", Tensor.of(new long[] {1, 16, 2}, values));
    }
}
