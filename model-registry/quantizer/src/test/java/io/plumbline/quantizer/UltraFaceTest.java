package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.vision.Boxes;
import io.plumbline.quantizer.vision.Frame;
import io.plumbline.support.SharedFiles;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A face detector of operator set 9, with weights among its inputs and batch normalization of its own. */
class UltraFaceTest {

    @Test
    void preparedItAnswersAsBeforeAndQuantizedItSeesTheSameFaces() throws Exception {
        // Given
        var fp32 = Files.readAllBytes(SharedFiles.require("models/ultraface_slim_320.onnx"));
        var frames = new ArrayList<Tensor>();
        for (var file : Frame.files(SharedFiles.require("camera/corridor_walk"), ".*", 1)) {
            frames.add(Frame.centredRgb(file, 320, 240));
        }

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
        var expected = faces(fp32, held);
        var before = faces(prepared.toBytes(), held);
        var after = faces(int8.toBytes(), held);
        assertThat(count(expected)).isGreaterThan(30);
        assertThat(agreement(before, expected)).isCloseTo(1, within(1e-9));
        assertThat(agreement(after, expected)).isGreaterThan(0.97);
    }

    private static int count(List<List<Boxes.Box>> faces) {
        return faces.stream().mapToInt(List::size).sum();
    }

    private static double agreement(List<List<Boxes.Box>> found, List<List<Boxes.Box>> expected) {
        int matches = 0;
        for (int i = 0; i < found.size(); i++) {
            matches += Boxes.matches(found.get(i), expected.get(i));
        }
        return 2.0 * matches / (count(found) + count(expected));
    }

    private static List<List<Boxes.Box>> faces(byte[] model, List<Tensor> frames) throws ModelLoadException {
        var all = new ArrayList<List<Boxes.Box>>();
        try (var engine = OrtEngine.load(model, EngineOptions.DEFAULT)) {
            for (var frame : frames) {
                var answer = engine.run(Map.of("input", frame));
                all.add(Boxes.faces(answer.get("scores"), answer.get("boxes"), 0.7));
            }
        }
        return all;
    }
}
