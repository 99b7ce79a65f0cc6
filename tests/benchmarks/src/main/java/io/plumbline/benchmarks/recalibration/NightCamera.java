package io.plumbline.benchmarks.recalibration;

import io.plumbline.cli.client.RegistryClient;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.ModelBytes;
import io.plumbline.quantizer.vision.Camera;
import io.plumbline.support.Leaks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** FastestDet, static on frames of the night, in an aisle and a room by day; a frame a minute. */
public final class NightCamera {

    private static final SiteId AISLE = new SiteId("aisle");
    private static final SiteId ROOM = new SiteId("room");
    private static final Instant START = Instant.parse("2026-01-01T09:00:45Z");
    private static final String FLEET = """
            sites:
              aisle: {gateways: [gw-aisle], devices: [cam-aisle]}
              room: {gateways: [gw-room], devices: [cam-room]}
            models:
              fastestdet: {build: "%s"}
            streams:
              cameras: {topic: "sites/{site}/cameras/{device}/frame", frames: every, model: fastestdet, shadowShare: 0, statsWindow: PT5M}
            rollout: {canary: gw-aisle, minCompared: 200, maxClippedShare: 0.1, minAgreement: 0.98, deadline: PT60S}
            """;

    private NightCamera() {}

    /**
     * How it went.
     *
     * @param job what the registry made of it
     * @param sealed of what left the gateways
     */
    public record Result(Recalibration job, Sealed sealed) {}

    /**
     * Shows every frame of the day once, and recalibrates by the command line.
     *
     * @param data the shared files
     * @param folder for everything that the services write
     */
    public static Result play(Path data, Path folder) throws Exception {
        var leaks = new Leaks();
        var settings = Map.of("plumbline.gateway.reservoir-horizon", "P1D");
        try (var estate = Estate.start(folder, leaks, settings)) {
            var camera = Camera.of("fastestdet.yaml");
            var build = estate.push(version(camera, data));
            estate.apply(FLEET.formatted(build.value()));
            estate.startGateway(new GatewayId("gw-aisle"), AISLE);
            estate.startGateway(new GatewayId("gw-room"), ROOM);
            var frames = show(data.resolve("camera/store_aisle"), AISLE, estate, leaks)
                    + show(data.resolve("camera/indoor_person"), ROOM, estate, leaks);
            estate.awaitResults(frames);
            var job = Recalibration.of(estate, camera.card().model());
            estate.drain();
            return new Result(job, Sealed.of(leaks));
        }
    }

    static RegistryClient.NewVersion version(Camera camera, Path data) throws Exception {
        var night = camera.frames(data.resolve("camera/corrupted"), ".*night[24]", 1);
        var samples = ModelBytes.of(Npy.write(Tensor.stacked(night)));
        var card = Path.of(System.getProperty("plumbline.root"), "docs/examples/fastestdet.yaml");
        return new RegistryClient.NewVersion(
                camera.card(),
                ModelBytes.of(Files.readAllBytes(card)),
                ModelBytes.of(Files.readAllBytes(data.resolve("models/fastestdet_coco_352.onnx"))),
                new RegistryClient.Samples(Optional.of(samples), Optional.empty()));
    }

    /** Answers how many frames there were. */
    static int show(Path folder, SiteId site, Estate estate, Leaks leaks) throws Exception {
        List<Path> files;
        try (var listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
        var client = new MqttClient(estate.mqtt(), "cam-" + site, new MemoryPersistence());
        client.connect();
        try {
            for (int i = 0; i < files.size(); i++) {
                var frame = Files.readAllBytes(files.get(i));
                leaks.keep(frame);
                var message = new MqttMessage(frame);
                message.setQos(1);
                var properties = new MqttProperties();
                var time = START.plus(Duration.ofMinutes(i));
                properties.setUserProperties(List.of(new UserProperty("time", time.toString())));
                message.setProperties(properties);
                client.publish("sites/" + site + "/cameras/cam-" + site + "/frame", message);
            }
        } finally {
            client.disconnect();
            client.close();
        }
        return files.size();
    }
}
