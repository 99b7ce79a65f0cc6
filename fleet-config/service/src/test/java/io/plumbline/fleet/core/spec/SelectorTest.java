package io.plumbline.fleet.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.assignment.DesiredAssignments;
import io.plumbline.fleet.testing.Fleets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelectorTest {

    private static final String DEVICES = "a, b, c, d, e, f, g, h";
    private static final Digest BUILD = Fleets.build("baseline");

    private static FleetSpec fleet(String gatewaysOfTheStream) {
        return Fleets.parse("""
                sites:
                  north:
                    gateways: {gw-1: {isa: x64, hardware: nuc}, gw-2: {isa: x64}, gw-3: }
                    labels: {isa: arm64, region: eu}
                    devices: [%s]
                  south: {gateways: [gw-4], devices: [s-1]}
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate: {topic: "sites/{site}/{device}", model: climate-event%s}
                rollout: {canary: gw-1}
                """.formatted(DEVICES, BUILD, gatewaysOfTheStream));
    }

    @Test
    void aGatewayHasTheLabelsOfItsSiteAndItsOwnBeforeThose() {
        // Given
        var north = new SiteId("north");
        // When
        var fleet = fleet("");
        // Then
        assertThat(fleet.labels(north, new GatewayId("gw-1")))
                .isEqualTo(Map.of("isa", "x64", "hardware", "nuc", "region", "eu", "site", "north"));
        assertThat(fleet.labels(north, new GatewayId("gw-3")))
                .isEqualTo(Map.of("isa", "arm64", "region", "eu", "site", "north"));
    }

    @Test
    void aStreamThatSaysNothingRunsEverywhere() {
        assertThat(runningOn("")).containsOnlyKeys("gw-1", "gw-2", "gw-3", "gw-4");
    }

    @Test
    void aStreamRunsWhereEveryLabelFits() {
        assertThat(runningOn(", gateways: {isa: x64}")).containsOnlyKeys("gw-1", "gw-2");
        assertThat(runningOn(", gateways: {isa: x64, hardware: nuc}")).containsOnlyKeys("gw-1");
        assertThat(runningOn(", gateways: {isa: [x64, arm64]}")).containsOnlyKeys("gw-1", "gw-2", "gw-3");
        assertThat(runningOn(", gateways: {site: [south, north]}")).containsOnlyKeys("gw-1", "gw-2", "gw-3", "gw-4");
        assertThat(runningOn(", gateways: {site: north, region: eu, isa: arm64}"))
                .containsOnlyKeys("gw-3");
    }

    @Test
    void theDevicesOfASiteAreSharedOutOverTheGatewaysThatRunTheStream() {
        // When
        var running = runningOn(", gateways: {isa: x64}");
        // Then
        var shared = running.values().stream()
                .flatMap(stream -> stream.devices().stream())
                .map(DeviceId::value)
                .sorted()
                .toList();
        assertThat(shared).isEqualTo(List.of(DEVICES.split(", ", -1)));
        assertThat(running.values())
                .allSatisfy(
                        stream -> assertThat(stream.neighbours().orElseThrow().devices())
                                .doesNotContainAnyElementsOf(stream.devices()));
        assertThat(runningOn(", gateways: {hardware: nuc}").get("gw-1").neighbours())
                .isEmpty();
    }

    @Test
    void aFileThatNamesNoGatewayLeavesThemAndTheirLabelsToInvitations() {
        // Given
        var file = """
                sites:
                  north: {devices: [a, b], labels: {region: eu}}
                  south: {gateways: [], devices: [c]}
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate: {topic: "sites/{site}/{device}", model: climate-event, gateways: {hardware: nuc, region: eu}}
                rollout: {}
                """.formatted(BUILD);
        var south = new SiteId("south");

        // When
        var empty = Fleets.parse(file);
        var joined = empty.joinedBy(List.of(
                new Joiner(new GatewayId("gw-n"), new SiteId("north"), Map.of("hardware", "nuc")),
                new Joiner(new GatewayId("gw-s"), south, Map.of("hardware", "pi"))));

        // Then
        assertThat(empty.gateways()).isEmpty();
        assertThat(DesiredAssignments.changes(empty, (model, gateway) -> BUILD, Map.of()))
                .isEmpty();
        var streams = DesiredAssignments.changes(joined, (model, gateway) -> BUILD, Map.of()).stream()
                .collect(Collectors.toMap(one -> one.gateway().value(), Assignment::streams));
        assertThat(streams.get("gw-n"))
                .singleElement()
                .satisfies(stream ->
                        assertThat(stream.devices()).extracting(DeviceId::value).containsExactly("a", "b"));
        assertThat(streams.get("gw-s")).as("no stream is for its labels").isEmpty();
        assertThatThrownBy(() -> Fleets.parse(file.replace("nuc, region: eu", "nuc, region: us")))
                .hasStackTraceContaining("'us' is not a value of label 'region' in this file; there are: eu");
        assertThatThrownBy(() -> Fleets.parse(file.replace("gateways: []", "gateways: [gw-1]")))
                .as("where gateways are named, so are labels")
                .hasStackTraceContaining("'hardware' is not a label of a gateway of this file");
    }

    private static Map<String, StreamAssignment> runningOn(String gateways) {
        return DesiredAssignments.changes(fleet(gateways), (model, gateway) -> BUILD, Map.of()).stream()
                .filter(assignment -> !assignment.streams().isEmpty())
                .collect(Collectors.toMap(assignment -> assignment.gateway().value(), SelectorTest::climate));
    }

    private static StreamAssignment climate(Assignment assignment) {
        assertThat(assignment.streams()).extracting(StreamAssignment::stream).containsExactly(new StreamId("climate"));
        return assignment.streams().get(0);
    }
}
