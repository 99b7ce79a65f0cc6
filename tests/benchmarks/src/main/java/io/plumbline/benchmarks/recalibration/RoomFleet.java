package io.plumbline.benchmarks.recalibration;

import io.plumbline.benchmarks.real.Room;
import io.plumbline.cli.client.RegistryClient;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.inference.Npy;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.model.ModelBytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A room's model on one gateway for each site, static on the days that it was trained on. */
final class RoomFleet {

    /* FP32 runs beside INT8 on every reading, and windows of days are kept, as a room needs it. */
    static final Map<String, String> SETTINGS = Map.of(
            "plumbline.gateway.shadow-percent", "100",
            "plumbline.gateway.reservoir-horizon", "P7D",
            "plumbline.processor.horizon", "P1D",
            "plumbline.processor.retention", "P8D");

    private RoomFleet() {}

    /** Pushes, configures, starts the gateways; answers the build that they run. */
    static Digest open(Estate estate, Room room, Path data, List<SiteId> sites) throws Exception {
        var samples = ModelBytes.of(Npy.write(Tensor.stacked(room.trained())));
        var build = estate.push(new RegistryClient.NewVersion(
                ModelCard.parse(room.card()),
                ModelBytes.of(room.card()),
                ModelBytes.of(room.fp32(data)),
                new RegistryClient.Samples(Optional.of(samples), Optional.of(samples))));
        estate.apply(fleet(room, sites, build, ""));
        for (var site : sites) {
            estate.startGateway(gateway(site), site);
        }
        return build;
    }

    /** The same fleet, whose owner now gives windows of the room to people who ask. */
    static void give(Estate estate, Room room, List<SiteId> sites, Digest build, int windows) throws Exception {
        estate.apply(fleet(room, sites, build, ", samples: {windows: " + windows + ", bytes: 100000}"));
    }

    static GatewayId gateway(SiteId site) {
        return new GatewayId("gw-" + site);
    }

    private static String fleet(Room room, List<SiteId> sites, Digest build, String samples) {
        var named = sites.stream()
                .map(site -> "  " + site + ": {gateways: [" + gateway(site) + "], devices: [room-" + site + "]}\n")
                .collect(Collectors.joining());
        return """
                sites:
                %1$smodels:
                  %2$s: {build: "%3$s"}
                streams:
                  %4$s: {topic: "sites/{site}/motes/{device}/climate", model: %2$s, shadowShare: 1, statsWindow: PT30M%5$s}
                rollout: {canary: %6$s, minCompared: 200, maxClippedShare: 0.1, minAgreement: 0.98, deadline: PT60S}
                """.formatted(named, room.model(), build.value(), RoomVoice.STREAM, samples, gateway(sites.get(0)));
    }
}
