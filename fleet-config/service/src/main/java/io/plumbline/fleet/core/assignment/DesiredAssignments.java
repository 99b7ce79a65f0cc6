package io.plumbline.fleet.core.assignment;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.spec.FleetSpec;
import io.plumbline.fleet.core.spec.Site;
import io.plumbline.fleet.core.spec.StreamSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Derives the assignments of a fleet. Pure. */
public final class DesiredAssignments {

    private DesiredAssignments() {}

    /**
     * The assignments that differ from what was assigned before, each with the generation after the one before. A gateway
     * that is no longer in the fleet is assigned no streams: left alone it would go on answering for ever.
     *
     * @param before the newest assignment of every gateway that ever had one
     * @param build the build that a model is to run on a gateway
     */
    public static List<Assignment> changes(
            FleetSpec spec, BiFunction<ModelName, GatewayId, Digest> build, Map<GatewayId, Assignment> before) {
        var changes = new ArrayList<Assignment>();
        spec.sites().forEach((site, there) -> {
            var work = SiteWork.of(spec, site, there);
            for (var gateway : there.gateways()) {
                var streams = streams(work, gateway, build);
                var last = before.get(gateway);
                if (last == null || !last.site().equals(site) || !last.streams().equals(streams)) {
                    changes.add(assignment(gateway, site, last == null ? 1 : last.generation() + 1, streams));
                }
            }
        });
        var members = new HashSet<>(spec.gateways());
        before.values().stream()
                .filter(last -> !last.streams().isEmpty() && !members.contains(last.gateway()))
                .forEach(
                        last -> changes.add(assignment(last.gateway(), last.site(), last.generation() + 1, List.of())));
        return changes;
    }

    private static Assignment assignment(
            GatewayId gateway, SiteId site, long generation, List<StreamAssignment> streams) {
        return new Assignment(gateway, site, generation, streams);
    }

    /**
     * What is the same for every gateway of a site.
     *
     * @param shares of its devices, by stream, over the gateways that run it; none where no gateway does
     */
    private record SiteWork(Map<StreamId, StreamSpec> streams, Map<StreamId, DeviceShares> shares) {

        static SiteWork of(FleetSpec spec, SiteId site, Site there) {
            var alike = new HashMap<List<GatewayId>, DeviceShares>();
            var shares = new HashMap<StreamId, DeviceShares>();
            spec.streams().forEach((name, wanted) -> {
                var running = spec.running(wanted, site);
                if (!running.isEmpty()) {
                    shares.put(name, alike.computeIfAbsent(running, some -> new DeviceShares(there.only(some))));
                }
            });
            return new SiteWork(spec.streams(), shares);
        }
    }

    private static List<StreamAssignment> streams(
            SiteWork work, GatewayId gateway, BiFunction<ModelName, GatewayId, Digest> build) {
        var streams = new ArrayList<StreamAssignment>();
        work.streams().forEach((name, wanted) -> {
            var shares = work.shares().get(name);
            if (shares != null && shares.site().gateways().contains(gateway)) {
                var share = new Share(shares.site(), shares.of(gateway), shares.beside(gateway));
                streams.add(stream(name, wanted, share, build.apply(wanted.model(), gateway)));
            }
        });
        return streams;
    }

    /** What of a site's devices is a gateway's, and what it leaves to the others. */
    private record Share(Site site, List<DeviceId> own, Optional<Neighbours> others) {}

    private static StreamAssignment stream(StreamId name, StreamSpec wanted, Share share, Digest build) {
        var scattered = wanted.subscription().flatMap(Subscription::share).isPresent();
        return new StreamAssignment(
                name,
                wanted.topic().value(),
                scattered ? share.site().devices() : share.own(),
                wanted.model(),
                build,
                wanted.shadowShare(),
                wanted.statsWindow(),
                scattered ? share.others().map(beside -> Neighbours.NOTHING) : share.others(),
                wanted.frames(),
                wanted.payload(),
                wanted.subscription(),
                sources(wanted, share.own()),
                wanted.windowing(),
                wanted.rehearsal(),
                wanted.samples(),
                wanted.glimpses());
    }

    /** Those of the devices that this gateway has, also where messages go to any: a frame is fetched once. None where there are none. */
    private static Optional<List<CameraSource>> sources(StreamSpec stream, List<DeviceId> own) {
        var sources = stream.sources().stream()
                .filter(source -> own.contains(source.device()))
                .toList();
        return Optional.of(sources).filter(some -> !some.isEmpty());
    }
}
