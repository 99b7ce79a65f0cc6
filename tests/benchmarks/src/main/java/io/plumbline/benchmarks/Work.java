package io.plumbline.benchmarks;

import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.Stretch;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.image.ImageException;
import io.plumbline.inference.image.ImageTensor;
import io.plumbline.inference.model.ModelBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a gateway has to do, and who gives it.
 *
 * @param card of the model
 * @param samples to calibrate on
 * @param fleet with one place for the build
 * @param gatewayOptions of its JVM
 * @param load takes the MQTT url, a name, connections and messages on their way, then {@code loadArguments}
 */
public record Work(
        ModelBytes card,
        ModelBytes onnx,
        ModelBytes samples,
        String fleet,
        List<String> gatewayOptions,
        Class<?> load,
        List<String> loadArguments) {

    /** Of sensors: all of the compiler, as in a container, and a small heap. */
    private static final List<String> SENSORS = List.of("-Xmx44m", "-XX:TieredStopAtLevel=4");

    private static final int CALIBRATION_IMAGES = 16;
    private static final String ROLLOUT =
            "rollout: {canary: gw-bench, minCompared: 200, maxClippedShare: 0.1, minAgreement: 0.98, deadline: PT60S}\n";

    public static Work climate() throws IOException {
        var devices = names("m-", Load.DEVICES);
        return new Work(
                ModelBytes.of(ClimateReadings.resource("model.yaml")),
                ModelBytes.of(ClimateReadings.resource("climate_event_fp32.onnx")),
                ModelBytes.of(Npy.write(Stretch.indoorSamples(ClimateReadings.bundled(), 720))),
                fleet(
                        devices,
                        "climate-event",
                        "climate: {topic: \"sites/{site}/motes/{device}/climate\", shadowShare: 0.05"),
                SENSORS,
                Load.class,
                List.of());
    }

    /** @param shared real models and frames, which are not part of the project */
    public static Work cameras(Path shared) throws IOException, CardException, ImageException {
        var yaml = Files.readAllBytes(Path.of(System.getProperty("plumbline.root"), "docs/examples/fastestdet.yaml"));
        return new Work(
                ModelBytes.of(yaml),
                ModelBytes.of(Files.readAllBytes(shared.resolve("models/fastestdet_coco_352.onnx"))),
                ModelBytes.of(Npy.write(samples(shared.resolve("camera/coco_train_calib"), ModelCard.parse(yaml)))),
                fleet(
                        names("cam-", FrameLoad.CAMERAS),
                        "fastestdet",
                        "cameras: {topic: \"sites/{site}/cameras/{device}/frame\", frames: every, shadowShare: 0.0"),
                List.of(),
                FrameLoad.class,
                List.of(frames(shared).toString()));
    }

    public static Path frames(Path shared) {
        return shared.resolve("camera/store_aisle");
    }

    private static String names(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
    }

    private static String fleet(String devices, String model, String stream) {
        return "sites:\n  bench: {gateways: [gw-bench], devices: [" + devices + "]}\nmodels:\n  " + model
                + ": {build: \"%s\"}\nstreams:\n  " + stream + ", model: " + model + ", statsWindow: PT5M}\n" + ROLLOUT;
    }

    private static Tensor samples(Path folder, ModelCard card) throws IOException, ImageException {
        var images = new ImageTensor(card.image());
        var shape = card.image().shape();
        shape[0] = CALIBRATION_IMAGES;
        var values = new float
                [CALIBRATION_IMAGES
                        * images.read(FrameLoad.frames(folder).get(0)).size()];
        var at = 0;
        for (var frame : FrameLoad.frames(folder).subList(0, CALIBRATION_IMAGES)) {
            var image = images.read(frame).toArray();
            System.arraycopy(image, 0, values, at, image.length);
            at += image.length;
        }
        return Tensor.adopt(shape, values);
    }
}
