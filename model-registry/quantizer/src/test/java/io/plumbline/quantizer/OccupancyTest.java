package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.support.SharedFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One-dimensional convolutions over half an hour of readings. */
class OccupancyTest {

    @ParameterizedTest
    @ValueSource(strings = {"minmax", "percentile", "mse"})
    void itDecidesAsFloatDoes(String calibrator) throws Exception {
        // Given
        var fp32 = Files.readAllBytes(SharedFiles.require("models/occ5_fp32.onnx"));
        var values = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.require("models/occ5_check_x.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var windows = new ArrayList<Tensor>();
        while (values.remaining() >= 5 * 32) {
            var window = new float[5 * 32];
            values.get(window);
            windows.add(Tensor.of(new long[] {1, 5, 32}, window));
        }

        // When
        var prepared = Preparation.prepare(OnnxModel.parse(fp32), OrtRuntime.INSTANCE);
        var seen = Calibrations.observe(prepared, StaticOptions.DEFAULT, windows);
        var int8 = StaticQuantizer.quantize(
                prepared,
                Calibrations.ranges(seen, Calibrator.named(calibrator)),
                new Provenance("s", "static", Optional.of("c")));

        // Then
        int same = 0;
        try (var expected = OrtEngine.load(fp32, EngineOptions.DEFAULT);
                var answer = OrtEngine.load(int8.toBytes(), EngineOptions.DEFAULT)) {
            for (var window : windows) {
                var before = expected.run(Map.of("x", window)).get("logits");
                var after = answer.run(Map.of("x", window)).get("logits");
                same += before.get(1) > before.get(0) == after.get(1) > after.get(0) ? 1 : 0;
            }
        }
        assertThat((double) same / windows.size()).isGreaterThan(0.97);
    }
}
