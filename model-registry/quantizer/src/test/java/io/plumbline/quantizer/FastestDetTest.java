package io.plumbline.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import io.plumbline.quantizer.arithmetic.ActivationRange;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.quantizer.vision.Camera;
import io.plumbline.support.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A detector of 70 convolutions in operator set 11, calibrated by day and by night, and calibrated again. */
class FastestDetTest {

    private static final Provenance PROVENANCE = new Provenance("s", "static", Optional.of("c"));

    private static final Pattern BOX =
            Pattern.compile("\"cls\": (\\d+),[^\\[]*\\[\\s*([\\d.]+),\\s*([\\d.]+),\\s*([\\d.]+),\\s*([\\d.]+)");

    private static byte[] fp32 = new byte[0];
    private static OnnxModel prepared = OnnxModel.wrap(OnnxMl.ModelProto.getDefaultInstance());
    private static List<Tensor> frames = List.of();
    private static List<List<Detection>> truth = List.of();

    @BeforeAll
    static void runFp32() throws Exception {
        fp32 = Files.readAllBytes(SharedFiles.require("models/fastestdet_coco_352.onnx"));
        prepared = Preparation.prepare(OnnxModel.parse(fp32), OrtRuntime.INSTANCE);
        var mixed = new ArrayList<>(load("camera/coco_val_eval", ".*", 1));
        mixed.addAll(load("camera/indoor_person", ".*", 5));
        frames = mixed;
        truth = boxes(fp32, 0.5);
    }

    private static List<Tensor> load(String folder, String name, int every) throws IOException {
        return Camera.of("fastestdet.yaml").frames(SharedFiles.require(folder), name, every);
    }

    @Test
    void thePreparedModelAnswersAsTheSourceDoes() throws Exception {
        try (var source = OrtEngine.load(fp32, EngineOptions.DEFAULT);
                var same = OrtEngine.load(prepared.toBytes(), EngineOptions.DEFAULT)) {
            var expected = source.run(Map.of("input.1", frames.get(0))).get("758");
            var answer = same.run(Map.of("input.1", frames.get(0))).get("758");
            for (int i = 0; i < expected.size(); i++) {
                assertThat(answer.get(i)).isCloseTo(expected.get(i), within(1e-4f));
            }
        }
    }

    @Test
    void calibratedAtNightItMissesByDayAndRecalibratedItFindsAgain() throws Exception {
        // Given
        var day = ranges(load("camera/coco_train_calib", ".*", 1));
        var night = ranges(load("camera/corrupted", ".*night4.*", 1));

        // When
        var byDay = StaticQuantizer.quantize(prepared, day, PROVENANCE);
        var byNight = StaticQuantizer.quantize(prepared, night, PROVENANCE);
        var again = StaticQuantizer.recalibrate(byNight.model(), day, PROVENANCE);

        // Then
        assertThat(byDay.toBytes().length).isLessThan(fp32.length * 2 / 5);
        assertThat(averagePrecision(boxes(byDay.toBytes(), 0.2), truth)).isGreaterThan(0.93);
        assertThat(averagePrecision(boxes(byNight.toBytes(), 0.2), truth)).isLessThan(0.6);
        assertThat(averagePrecision(boxes(again.toBytes(), 0.2), truth)).isGreaterThan(0.93);
        var labels = labels();
        var before = averagePrecision(boxes(fp32, 0.05).subList(0, labels.size()), labels);
        var after = averagePrecision(boxes(byDay.toBytes(), 0.05).subList(0, labels.size()), labels);
        assertThat(before).isGreaterThan(0.2);
        assertThat(after).isGreaterThan(before - 0.01);
    }

    /** What people marked, in the order of the files. */
    private static List<List<Detection>> labels() throws IOException {
        var all = new ArrayList<List<Detection>>();
        var text = Files.readString(SharedFiles.require("camera/coco_val_eval/labels.json"));
        for (var image : text.split("\"file\"", -1)) {
            var size =
                    Pattern.compile("\"width\": (\\d+),\\s*\"height\": (\\d+)").matcher(image);
            if (size.find()) {
                var width = Double.parseDouble(size.group(1));
                var height = Double.parseDouble(size.group(2));
                var boxes = new ArrayList<Detection>();
                var box = BOX.matcher(image);
                while (box.find()) {
                    boxes.add(new Detection(
                            Integer.parseInt(box.group(1)),
                            1,
                            new Box(
                                    Double.parseDouble(box.group(2)) / width,
                                    Double.parseDouble(box.group(3)) / height,
                                    Double.parseDouble(box.group(4)) / width,
                                    Double.parseDouble(box.group(5)) / height)));
                }
                all.add(boxes);
            }
        }
        return all;
    }

    private static Map<String, ActivationRange> ranges(List<Tensor> samples) throws Exception {
        return Calibrations.ranges(Calibrations.observe(prepared, StaticOptions.DEFAULT, samples), Calibrator.minMax());
    }

    private static List<List<Detection>> boxes(byte[] model, double score) throws Exception {
        return Camera.of("fastestdet.yaml").detections(model, frames, score);
    }

    private static double averagePrecision(List<List<Detection>> found, List<List<Detection>> expected) {
        return Camera.agreement(found, expected).averagePrecision();
    }
}
