package io.plumbline.fleet.core.console.results;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.GW_SOUTH;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Frame;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import io.plumbline.fleet.core.assignment.DesiredAssignments;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GlimpsesTest {

    private static final String JPEG =
            Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1});

    private final AssignmentBoard board = new AssignmentBoard();
    private final MutableClock clock = new MutableClock(T0);
    private final Glimpses glimpses = new Glimpses(board, clock);

    @Test
    void aCameraIsShownOnlyByItsGatewayAndWhereTheFleetFileAllowsIt() {
        publish(allowing("glimpses: {}"));
        assertThat(glimpses.show(GW_NORTH, glimpse("north-1", 1))).isTrue();
        assertThat(glimpses.show(GW_SOUTH, glimpse("north-2", 1))).isFalse();
        assertThat(glimpses.show(new GatewayId("gw-nobody"), glimpse("north-2", 1)))
                .isFalse();
        assertThat(glimpses.of(STREAM)).containsExactly(glimpse("north-1", 1));
        assertThat(glimpses.of(STREAM, new DeviceId("north-2"))).isEmpty();
        assertThat(glimpses.of(new StreamId("other"))).isEmpty();
    }

    @Test
    void theNewestIsShownInPlaceOfTheOneBefore() {
        publish(allowing("glimpses: {}"));
        glimpses.show(GW_NORTH, glimpse("north-1", 1));
        glimpses.show(GW_NORTH, glimpse("north-1", 2));
        assertThat(glimpses.of(STREAM)).containsExactly(glimpse("north-1", 2));
    }

    @Test
    void whenTheOwnerTakesItBackNothingIsSeenFromThenOn() {
        publish(allowing("glimpses: {}"));
        glimpses.show(GW_NORTH, glimpse("north-1", 1));
        publish(Fleets.yaml(BASELINE));
        assertThat(glimpses.of(STREAM)).isEmpty();
        publish(allowing("glimpses: {}"));
        assertThat(glimpses.of(STREAM, new DeviceId("north-1"))).isEmpty();
    }

    @Test
    void aFrameIsForgottenAfterTenMinutes() {
        publish(allowing("glimpses: {}"));
        glimpses.show(GW_NORTH, glimpse("north-1", 1));
        clock.advance(Glimpses.LASTING);
        assertThat(glimpses.streams()).containsExactly(STREAM);
        clock.advance(Duration.ofMillis(1));
        assertThat(glimpses.streams()).isEmpty();
    }

    @Test
    void ofMoreCamerasThanThereIsRoomForThoseShownLongestAgoLeave() {
        var many = Glimpses.MOST_CAMERAS + 5;
        var devices = IntStream.range(0, many).mapToObj(i -> "cam-" + i).collect(Collectors.joining(", "));
        publish(allowing("glimpses: {}").replace("north-1, north-2", devices));
        IntStream.range(0, many).forEach(i -> glimpses.show(GW_NORTH, glimpse("cam-" + i, i)));
        assertThat(glimpses.of(STREAM)).hasSize(Glimpses.MOST_CAMERAS);
        assertThat(glimpses.of(STREAM, new DeviceId("cam-4"))).isEmpty();
        assertThat(glimpses.of(STREAM, new DeviceId("cam-5"))).isPresent();
    }

    @Test
    void saysWhatBothModelsFoundAndWhere() {
        // Given
        var person = new Frame.Found("person", 0.871, new Frame.Box(0.25, 0.5, 0.75, 1));
        // When
        var camera = CameraPicture.of(glimpse("north-1", 1, List.of(), Optional.of(List.of(person))));
        // Then
        assertThat(camera.found()).isEqualTo("nothing found");
        assertThat(camera.reference()).contains("1 person");
        assertThat(camera.boxes())
                .containsExactly(
                        new LiveBoard.Outline("fp32", "0.2500", "0.5000", "0.5000", "0.5000", "FP32: person, 87 %"));
    }

    private static String allowing(String option) {
        return Fleets.yaml(BASELINE).replace("statsWindow: PT5M", option);
    }

    private void publish(String yaml) {
        Map<GatewayId, Assignment> before = Map.of();
        board.publish(DesiredAssignments.changes(Fleets.parse(yaml), (model, gateway) -> BASELINE, before));
    }

    private static Glimpse glimpse(String device, int second) {
        return glimpse(device, second, List.of(), Optional.empty());
    }

    private static Glimpse glimpse(
            String device, int second, List<Frame.Found> found, Optional<List<Frame.Found>> reference) {
        var camera = new DeviceId(device);
        var time = T0.plusSeconds(second);
        return new Glimpse(
                STREAM, camera, EventId.ofSequence(camera, STREAM, time, 0), BASELINE, time, found, reference, JPEG);
    }
}
