package io.plumbline.registry.core.build;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.vision.Camera;
import io.plumbline.support.SharedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Real models with real inputs. */
final class Models {

    static final Path CLIMATE = Path.of(System.getProperty("plumbline.root"), "cli/src/main/resources/climate");
    private static final int WINDOW = 16;

    private Models() {}

    /** A face detector of operator set 9, with weights among its inputs and batch normalization of its own. */
    static Source ultraFace() throws IOException {
        var frames = Camera.of("ultraface.yaml").frames(SharedFiles.require("camera/corridor_walk"), ".*", 4);
        return source("models/ultraface_slim_320.onnx", "input", frames);
    }

    /** An object detector of operator set 11, and the one input it comes with. */
    static Source fastestDet() throws IOException {
        return source(
                "models/fastestdet_coco_352.onnx",
                "input.1",
                tensors("models/fastestdet_check_x.f32", new long[] {1, 3, 352, 352}));
    }

    /** Convolutions over half an hour of readings, operator set 17. */
    static Source occupancy(String file) throws IOException {
        return source("models/" + file, "x", tensors("models/occ5_check_x.f32", new long[] {1, 5, 32}));
    }

    private static Source source(String file, String input, List<Tensor> samples) throws IOException {
        var onnx = Files.readAllBytes(SharedFiles.require(file));
        var probes = samples.subList(0, Math.min(2, samples.size()));
        return source(onnx, input, samples, probes, Optional.empty());
    }

    /** The demo's model with windows of one mote, an event among them. */
    static Source climate(Optional<Goal> goal) throws IOException {
        var windows = climateWindows(400);
        var onnx = Files.readAllBytes(CLIMATE.resolve("climate_event_fp32.onnx"));
        return source(onnx, "window", windows, windows.subList(0, 2), goal);
    }

    private static Source source(
            byte[] onnx, String input, List<Tensor> samples, List<Tensor> probes, Optional<Goal> goal) {
        return new Source(new ModelName("m"), Digest.of(onnx), ModelBytes.of(onnx), input, samples, probes, goal);
    }

    private static List<Tensor> tensors(String file, long[] shape) throws IOException {
        var values = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.require(file)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var size = (int) (shape[1] * shape[2] * (shape.length == 4 ? shape[3] : 1));
        var tensors = new ArrayList<Tensor>();
        while (values.remaining() >= size) {
            var one = new float[size];
            values.get(one);
            tensors.add(Tensor.of(shape, one));
        }
        return tensors;
    }

    /** Windows of one mote, one behind the other. */
    static List<Tensor> climateWindows(int count) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(CLIMATE.resolve("readings.csv.gz"))),
                StandardCharsets.US_ASCII))) {
            var rows = in.lines()
                    .skip(1)
                    .limit(count + WINDOW)
                    .map(line -> line.split(","))
                    .toList();
            var windows = new ArrayList<Tensor>();
            for (int first = 0; first < count; first++) {
                var data = new float[WINDOW * 2];
                for (int i = 0; i < WINDOW; i++) {
                    data[2 * i] = Float.parseFloat(rows.get(first + i)[4]);
                    data[2 * i + 1] = Float.parseFloat(rows.get(first + i)[5]);
                }
                windows.add(Tensor.of(new long[] {1, WINDOW, 2}, data));
            }
            return windows;
        }
    }
}
