package io.plumbline.gateway.testing;

import io.plumbline.contract.artifact.BuildCard;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.artifact.SelfTest;
import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.PackagedModel;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.stream.KnownBuild;
import io.plumbline.inference.EngineOptions;
import io.plumbline.inference.ModelLoadException;
import io.plumbline.inference.card.CardException;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.inference.model.ModelFiles;
import io.plumbline.inference.model.ModelPackage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A detector of one cell in the real runtime, and cameras of site north: what it is shown in white it takes for a thing in the
 * middle of the frame, and in black it sees nothing. It gives its input twice: objectness, centre, size and class are colours.
 */
public final class TinyDetector {

    public static final StreamId CAMERAS = new StreamId("cameras");
    public static final ModelName MODEL = new ModelName("tiny");

    private static final String CARD = """
            model: tiny
            task: detection
            input:
              tensor: x
              image: {width: 1, height: 1, channels: BGR, layout: NCHW, resize: stretch, interpolation: area, std: [255, 255, 255]}
            output: {decode: grid, tensor: y, score: 0.5, overlap: 0.45, perClass: true, labels: [thing]}
            recipes: [dynamic]
            """;
    private static final int FLOAT = 1;
    private static final int INT = 2;

    private TinyDetector() {}

    public static ModelCard card() {
        try {
            return ModelCard.parse(CARD.getBytes(StandardCharsets.UTF_8));
        } catch (CardException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KnownBuild known() {
        var profile = new ReferenceProfile(
                List.of(new ReferenceProfile.Feature("brightness", List.of(128.0), new Counts(1, 1))));
        return new KnownBuild(card(), profile);
    }

    public static Build build() {
        var manifest = Digest.of(new byte[] {7});
        var card = new BuildCard(
                MODEL,
                Digest.of(onnx()),
                "dynamic",
                Optional.empty(),
                Optional.empty(),
                "test",
                List.of(),
                1,
                Instant.EPOCH);
        var onnx = ModelBytes.of(onnx());
        var files = new ModelFiles(card, onnx, onnx, card(), known().profile(), new SelfTest(List.of(), 0));
        try {
            var model = ModelPackage.load(files, EngineOptions.DEFAULT);
            return new Build(manifest, card, known(), new PackagedModel(manifest, model));
        } catch (ModelLoadException e) {
            throw new IllegalStateException(e);
        }
    }

    public static StreamAssignment stream(Frames frames) {
        return stream(frames, Optional.empty());
    }

    public static StreamAssignment stream(Frames frames, Optional<List<CameraSource>> sources) {
        return new StreamAssignment(
                CAMERAS,
                "sites/{site}/cameras/{device}/frame",
                List.of(new DeviceId("cam-1"), new DeviceId("cam-2")),
                MODEL,
                Digest.of(new byte[] {7}),
                1,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.of(frames),
                Optional.empty(),
                Optional.empty(),
                sources);
    }

    /** @param second of the frame's time */
    public static Incoming frame(String camera, int second, byte[] payload) {
        return new Incoming(
                "sites/north/cameras/" + camera + "/frame",
                payload,
                Motes.delivery(1 + second, 0),
                Map.of("time", Motes.START.plusSeconds(second).toString()));
    }

    public static byte[] picture(String format, Color colour) {
        var image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** y = Concat(x, x) over the channels. */
    private static byte[] onnx() {
        var model = new FieldWriter();
        model.count(1, 8);
        model.message(7, "tiny", (graph, name) -> {
            graph.message(1, "Concat", TinyDetector::node);
            graph.text(2, name);
            graph.message(11, "x", (value, tensor) -> value(value, tensor, 3));
            graph.message(12, "y", (value, tensor) -> value(value, tensor, 6));
        });
        model.message(8, 13L, (opset, version) -> opset.count(2, version));
        return model.toBytes();
    }

    private static void node(FieldWriter node, String operator) {
        node.text(1, "x");
        node.text(1, "x");
        node.text(2, "y");
        node.text(4, operator);
        node.message(5, "axis", (attribute, name) -> {
            attribute.text(1, name);
            attribute.count(3, 1);
            attribute.count(20, INT);
        });
    }

    private static void value(FieldWriter value, String name, long channels) {
        value.text(1, name);
        value.message(
                2,
                List.of(1L, channels, 1L, 1L),
                (type, shape) -> type.message(1, shape, (tensor, axes) -> {
                    tensor.count(1, FLOAT);
                    tensor.message(
                            2, axes, (out, all) -> out.messages(1, all, (axis, length) -> axis.count(1, length)));
                }));
    }
}
