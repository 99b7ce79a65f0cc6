package io.plumbline.fleet.core.view;

import io.plumbline.contract.declared.FleetInventory;
import io.plumbline.contract.declared.FleetInventory.DeclaredGateway;
import io.plumbline.contract.declared.FleetInventory.DeclaredModel;
import io.plumbline.contract.declared.FleetInventory.DeclaredStream;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.control.ControlState;
import io.plumbline.fleet.core.spec.FleetSpec;
import java.util.List;

/** What the file in force holds. Pure. */
public final class Inventory {

    private Inventory() {}

    public static FleetInventory of(ControlState state) {
        return state.version()
                .map(version -> of(state, version.spec()))
                .orElseGet(() -> new FleetInventory(List.of(), List.of(), List.of()));
    }

    private static FleetInventory of(ControlState state, FleetSpec spec) {
        var models = spec.models().keySet().stream()
                .flatMap(model -> state.builds(model).stream())
                .map(builds -> new DeclaredModel(
                        builds.model(),
                        builds.declared(),
                        builds.settled(),
                        state.active(builds.model()).map(active -> active.plan().id()),
                        spec.streamsOf(builds.model())))
                .toList();
        var streams = spec.streams().entrySet().stream()
                .map(stream -> new DeclaredStream(
                        stream.getKey(),
                        stream.getValue().model(),
                        stream.getValue().topic().value(),
                        stream.getValue().shadowShare(),
                        stream.getValue().statsWindow(),
                        runningOn(state, stream.getKey())))
                .toList();
        return new FleetInventory(gateways(spec), models, streams);
    }

    private static List<DeclaredGateway> gateways(FleetSpec spec) {
        return spec.sites().entrySet().stream()
                .flatMap(site -> site.getValue().gateways().stream()
                        .map(gateway ->
                                new DeclaredGateway(gateway, site.getKey(), spec.labels(site.getKey(), gateway))))
                .toList();
    }

    private static List<GatewayId> runningOn(ControlState state, StreamId stream) {
        return state.inForce().stream()
                .filter(assignment -> assignment.streams().stream()
                        .anyMatch(one -> one.stream().equals(stream)))
                .map(assignment -> assignment.gateway())
                .toList();
    }
}
