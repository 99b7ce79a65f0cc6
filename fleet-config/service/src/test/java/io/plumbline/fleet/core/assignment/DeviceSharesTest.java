package io.plumbline.fleet.core.assignment;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.fleet.testing.Fleets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceSharesTest {

    @Test
    void everyDeviceHasExactlyOneGatewayOfItsSite() {
        // When
        var streams = streams("gw-a, gw-b, gw-c", "gw-s");

        // Then
        var north = List.of(streams.get("gw-a"), streams.get("gw-b"), streams.get("gw-c"));
        var taken = new ArrayList<DeviceId>();
        north.forEach(stream -> taken.addAll(stream.devices()));
        assertThat(taken).hasSize(60).doesNotHaveDuplicates();
        assertThat(north).allSatisfy(stream -> {
            assertThat(stream.devices()).hasSizeBetween(10, 30);
            assertThat(stream.neighbours().orElseThrow().devices())
                    .hasSize(60 - stream.devices().size())
                    .doesNotContainAnyElementsOf(stream.devices());
        });
        assertThat(north)
                .extracting(
                        stream -> stream.neighbours().map(Neighbours::strangers).orElseThrow())
                .containsExactly(false, true, true);
    }

    @Test
    void aGatewayThatIsAloneHasAllDevicesAndNoNeighbours() {
        var south = streams("gw-a, gw-b", "gw-s").get("gw-s");
        assertThat(south.devices()).containsExactly(new DeviceId("south-1"));
        assertThat(south.neighbours()).isEmpty();
    }

    @Test
    void aGatewayOfAnotherSiteChangesNothing() {
        var before = assignments("gw-a, gw-b", "gw-s");
        var known = before.stream().collect(Collectors.toMap(Assignment::gateway, Function.identity()));

        var changed = DesiredAssignments.changes(
                Fleets.parse(yaml("gw-a, gw-b", "gw-s, gw-t")), (model, gateway) -> BASELINE, known);

        assertThat(changed)
                .extracting(assignment -> assignment.gateway().value())
                .doesNotContain("gw-a", "gw-b")
                .contains("gw-t");
    }

    @Test
    void aFurtherGatewayOfTheSiteTakesDevicesButMovesNoneBetweenTheOthers() {
        var before = streams("gw-a, gw-b", "gw-s");
        var after = streams("gw-a, gw-b, gw-c", "gw-s");

        assertThat(before.get("gw-a").devices()).containsAll(after.get("gw-a").devices());
        assertThat(before.get("gw-b").devices()).containsAll(after.get("gw-b").devices());
    }

    @Test
    void theBrokerDividesASharedStreamSoEveryGatewayHasAllDevicesAndLeavesNone() {
        // When
        var shared = Fleets.parse(yaml("gw-a, gw-b", "gw-s").replace("statsWindow: PT5M", "share: gateways"));
        var streams = byGateway(DesiredAssignments.changes(shared, (model, gateway) -> BASELINE, Map.of()));

        // Then
        assertThat(List.of(streams.get("gw-a"), streams.get("gw-b"))).allSatisfy(stream -> {
            assertThat(stream.devices()).hasSize(60);
            assertThat(stream.neighbours()).contains(Neighbours.NOTHING);
            assertThat(stream.scattered()).isTrue();
        });
        assertThat(streams.get("gw-s").scattered()).isFalse();
    }

    @Test
    void onlyTheGatewayThatHasACameraFetchesItsFrames() {
        // Given
        var sources = IntStream.range(0, 60)
                .mapToObj(i -> "north-" + i + ": {directory: /spool/" + i + "}")
                .collect(Collectors.joining(", ", "share: gateways, sources: {", "}"));
        var fleet = Fleets.parse(yaml("gw-a, gw-b", "gw-s").replace("statsWindow: PT5M", sources));

        // When
        var streams = byGateway(DesiredAssignments.changes(fleet, (model, gateway) -> BASELINE, Map.of()));

        // Then
        var alone = streams("gw-a, gw-b", "gw-s");
        assertThat(List.of("gw-a", "gw-b"))
                .allSatisfy(gateway -> assertThat(streams.get(gateway).sources().orElseThrow())
                        .extracting(CameraSource::device)
                        .containsExactlyElementsOf(alone.get(gateway).devices()));
        assertThat(streams.get("gw-s").sources()).isEmpty();
    }

    private static Map<String, StreamAssignment> streams(String north, String south) {
        return byGateway(assignments(north, south));
    }

    private static Map<String, StreamAssignment> byGateway(List<Assignment> assignments) {
        return assignments.stream()
                .collect(Collectors.toMap(
                        assignment -> assignment.gateway().value(),
                        assignment -> assignment.streams().get(0)));
    }

    private static List<Assignment> assignments(String north, String south) {
        Map<GatewayId, Assignment> none = Map.of();
        return DesiredAssignments.changes(Fleets.parse(yaml(north, south)), (model, gateway) -> BASELINE, none);
    }

    private static String yaml(String north, String south) {
        var devices = IntStream.range(0, 60).mapToObj(i -> "north-" + i).collect(Collectors.joining(", "));
        return Fleets.yaml(BASELINE)
                .replace(
                        "gateways: [gw-north], devices: [north-1, north-2]",
                        "gateways: [%s], devices: [%s]".formatted(north, devices))
                .replace("gateways: [gw-south]", "gateways: [" + south + "]")
                .replace("canary: gw-north", "canary: gw-a");
    }
}
