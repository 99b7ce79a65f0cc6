package io.plumbline.quantizer.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.OrtEngine;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.Calibrations;
import io.plumbline.quantizer.OrtRuntime;
import io.plumbline.quantizer.Preparation;
import io.plumbline.quantizer.Provenance;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.StaticQuantizer;
import io.plumbline.quantizer.calibration.Calibrator;
import io.plumbline.quantizer.onnx.OnnxModel;
import io.plumbline.support.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A detector of 70 convolutions, calibrated by day and by night, and calibrated again. */
class FastestDetTest {

    private static final Provenance PROVENANCE = new Provenance("s", "static", Optional.of("c"));

    private static byte[] fp32 = new byte[0];
    private static List<Tensor> day = List.of();
    private static List<Tensor> night = List.of();
    private static List<Tensor> frames = List.of();

    @BeforeAll
    static void decode() throws IOException {
        fp32 = Files.readAllBytes(SharedFiles.require("models/fastestdet_coco_352.onnx"));
        day = load(SharedFiles.require("camera/coco_train_calib"), 1);
        night = load(SharedFiles.require("camera/store_aisle_dusk"), 1);
        night = night.subList(night.size() - 6, night.size());
        var mixed = new ArrayList<>(load(SharedFiles.require("camera/coco_val_eval"), 1));
        mixed.addAll(load(SharedFiles.require("camera/indoor_person"), 5));
        frames = mixed;
    }

    private static List<Tensor> load(Path folder, int every) throws IOException {
        var tensors = new ArrayList<Tensor>();
        for (var file : Frame.files(folder, every)) {
            tensors.add(Frame.bgr(file, 352));
        }
        return tensors;
    }

    @Test
    void nothing() {}
}
