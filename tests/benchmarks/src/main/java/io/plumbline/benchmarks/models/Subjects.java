package io.plumbline.benchmarks.models;

import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.cli.climate.Transformation;
import io.plumbline.inference.Tensor;
import io.plumbline.quantizer.MiniLm;
import io.plumbline.quantizer.vision.Camera;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The models there are; those whose files are not on this machine are left out, and a line says so. */
public final class Subjects {

    private static final int WINDOW = 32;
    private static final int CLIMATE_READINGS = 2880;

    private Subjects() {}

    /** A subject that is made when it is needed. */
    public interface Source {

        Subject load() throws Exception;
    }

    public static List<Source> all() {
        var shared = Path.of(System.getProperty("plumbline.root")).resolve("../shared/data");
        var sources = new ArrayList<Source>();
        sources.add(Subjects::climate);
        sources.add(Subjects::miniLm);
        if (Files.isDirectory(shared)) {
            sources.add(() -> occupancy(shared, "occ5", 5));
            sources.add(() -> occupancy(shared, "occ2", 2));
            sources.add(() -> trained(shared, "occ5", 5));
            sources.add(() -> trained(shared, "occ2", 2));
            sources.add(() -> fastestDet(shared));
            sources.add(() -> ultraFace(shared));
        } else {
            System.err.println(shared + " is not there: cameras and rooms are left out");
        }
        return sources;
    }

    private static Subject climate() {
        var stretch =
                new Stretch(ClimateReadings.bundled().motes(), CLIMATE_READINGS, Instant.EPOCH, Transformation.NONE);
        var windows = stretch.windows().stream()
                .map(window -> Map.of("window", window.values()))
                .toList();
        return new Subject(
                "climate",
                new Subject.Onnx(ClimateReadings.resource("climate_event_fp32.onnx")),
                every(windows, 50, 0),
                every(windows, 50, 25));
    }

    private static Subject miniLm() throws IOException {
        var sentences = MiniLm.sentences().stream().map(MiniLm::inputs).toList();
        return new Subject(
                "minilm",
                new Subject.Onnx(MiniLm.resource("all-minilm-l6-v2.onnx")),
                every(sentences, 2, 0),
                sentences);
    }

    /** Inputs of MiniLM of one length: sentences, one after the other. */
    public static List<Map<String, Tensor>> longInputs(int tokens) throws IOException {
        var all = MiniLm.sentences().stream().flatMap(List::stream).toList();
        var inputs = new ArrayList<Map<String, Tensor>>();
        for (int from = 0; from + tokens <= all.size() && inputs.size() < 16; from += tokens) {
            inputs.add(MiniLm.inputs(all.subList(from, from + tokens)));
        }
        return inputs;
    }

    /** Its yardstick is the file as training left it. */
    private static Subject trained(Path shared, String name, int channels) throws IOException {
        var rooms = occupancy(shared, name, channels);
        var onnx = Files.readAllBytes(shared.resolve("models/" + name + "_qat_qdq.onnx"));
        return new Subject(name + "-qat", new Subject.Onnx(onnx), rooms.calibration(), rooms.evaluation());
    }

    private static Subject occupancy(Path shared, String name, int channels) throws IOException {
        var models = shared.resolve("models");
        var values = ByteBuffer.wrap(Files.readAllBytes(models.resolve(name + "_check_x.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        var windows = new ArrayList<Map<String, Tensor>>();
        while (values.remaining() >= channels * WINDOW) {
            var window = new float[channels * WINDOW];
            values.get(window);
            windows.add(Map.of("x", Tensor.of(new long[] {1, channels, WINDOW}, window)));
        }
        return new Subject(
                name,
                new Subject.Onnx(Files.readAllBytes(models.resolve(name + "_fp32.onnx"))),
                every(windows, 8, 0),
                every(windows, 8, 4));
    }

    private static Subject fastestDet(Path shared) throws IOException {
        var calibration = frames("fastestdet.yaml", shared.resolve("camera/coco_train_calib"));
        var evaluation = frames("fastestdet.yaml", shared.resolve("camera/coco_val_eval"));
        return new Subject(
                "fastestdet",
                new Subject.Onnx(Files.readAllBytes(shared.resolve("models/fastestdet_coco_352.onnx"))),
                calibration,
                evaluation);
    }

    private static Subject ultraFace(Path shared) throws IOException {
        var frames = frames("ultraface.yaml", shared.resolve("camera/corridor_walk"));
        return new Subject(
                "ultraface",
                new Subject.Onnx(Files.readAllBytes(shared.resolve("models/ultraface_slim_320.onnx"))),
                every(frames, 2, 0),
                every(frames, 2, 1));
    }

    private static List<Map<String, Tensor>> frames(String card, Path folder) throws IOException {
        var camera = Camera.of(card);
        return camera.frames(folder, ".*", 1).stream()
                .map(frame -> Map.of(camera.card().input().tensor(), frame))
                .toList();
    }

    private static <T> List<T> every(List<T> all, int step, int first) {
        var some = new ArrayList<T>();
        for (int i = first; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some;
    }
}
