package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.vision.Camera;
import io.plumbline.support.SharedFiles;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A face detector of operator set 9, with weights among its inputs and batch normalization of its own. */
class UltraFaceTest {

    private static final double SCORE = 0.7;

    @Test
    void preparedItAnswersAsBeforeAndQuantizedItSeesTheSameFaces() throws Exception {
        // Given
        var fp32 = Files.readAllBytes(SharedFiles.require("models/ultraface_slim_320.onnx"));
        var camera = Camera.of("ultraface.yaml");
        var frames = camera.frames(SharedFiles.require("camera/corridor_walk"), ".*", 1);

        // When
        var prepared = Preparation.prepare(OnnxModel.parse(fp32), OrtRuntime.INSTANCE);
        var seen = Calibrations.observe(prepared, StaticOptions.DEFAULT, frames.subList(0, 10));
        var int8 = StaticQuantizer.quantize(
                prepared,
                Calibrations.ranges(seen, Calibrator.minMax()),
                new Provenance("s", "static", Optional.of("c")));

        // Then
        assertThat(prepared.proto().getGraph().getInputList()).hasSize(1);
        assertThat(prepared.opset()).isEqualTo(13);
        var held = frames.subList(10, frames.size());
        var expected = camera.detections(fp32, held, SCORE);
        var before = Camera.agreement(camera.detections(prepared.toBytes(), held, SCORE), expected);
        var after = Camera.agreement(camera.detections(int8.toBytes(), held, SCORE), expected);
        assertThat(before.expected()).isGreaterThan(30);
        assertThat(before.averagePrecision()).isCloseTo(1, within(1e-9));
        assertThat(before.precision()).isCloseTo(1, within(1e-9));
        assertThat(after.precision()).isGreaterThan(0.96);
        assertThat(after.recall()).isGreaterThan(0.96);
    }
}
