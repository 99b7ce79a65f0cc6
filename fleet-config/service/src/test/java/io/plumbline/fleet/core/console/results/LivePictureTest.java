package io.plumbline.fleet.core.console.results;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.STREAM;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Prediction;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LivePictureTest {

    private static final Glimpses NOTHING_SEEN = new Glimpses(new AssignmentBoard(), Clock.systemUTC());

    private final LatestResults latest = new LatestResults();

    @Test
    void drawsTheNewestResultsOfEachDeviceTheRarerAnswersInOtherColours() {
        // Given
        for (int i = 0; i < 100; i++) {
            latest.add(result("north-1", Optional.of(new Prediction(i % 10 == 9 ? "event" : "normal", 0.5))));
        }
        latest.add(result("north-2", Optional.empty()));
        // When
        var board = new LivePicture(latest, NOTHING_SEEN, "").board("climate");
        // Then
        assertThat(board.labels())
                .extracting(LiveBoard.Label::name, LiveBoard.Label::colour, LiveBoard.Label::count)
                .containsExactly(tuple("normal", 0, 36L), tuple("event", 1, 4L), tuple("no answer", -1, 1L));
        var strip = board.strips().get(0);
        assertThat(strip.cells()).hasSize(LatestResults.MOST_RESULTS);
        assertThat(strip.answer()).isEqualTo("event, 50 %");
        assertThat(strip.counts()).isEqualTo("36 × normal, 4 × event");
        assertThat(strip.latency()).isEqualTo("1.50 ms");
        assertThat(board.strips().get(1).cells())
                .containsExactly(new LiveBoard.Cell("312", "28.0", "4.0", -1, "no answer, its window fills"));
    }

    @Test
    void saysWhenTheReadingsWereMadeAndWhereTheBuildChanged() {
        // Given
        for (int i = 0; i < LatestResults.MOST_RESULTS; i++) {
            latest.add(result("north-1", i < 30 ? BASELINE : CANDIDATE, T0.plusSeconds(60L * i)));
        }
        // When
        var board = new LivePicture(latest, NOTHING_SEEN, "").board("climate");
        // Then
        var strip = board.strips().get(0);
        assertThat(strip.times())
                .containsExactly(
                        new LiveBoard.Tick("0", "00:00:00", ""),
                        new LiveBoard.Tick("164", "00:20:00", "middle"),
                        new LiveBoard.Tick("320", "00:39:00 UTC", "end"));
        assertThat(board.turned()).isTrue();
        assertThat(strip.turns())
                .containsExactly(new LiveBoard.Turn("239.5", "build " + CANDIDATE.shortHex() + " since 00:30:00"));
        assertThat(strip.words())
                .isEqualTo("40 × normal; read from 00:00:00 to 00:39:00 UTC; build " + CANDIDATE.shortHex()
                        + " since 00:30:00");
    }

    @Test
    void aStripThatBeginsYesterdaySaysTheDayAndAShortOneOnlyItsNewest() {
        // Given
        for (int i = 0; i < LatestResults.MOST_RESULTS; i++) {
            latest.add(result("north-1", BASELINE, T0.minusSeconds(600).plusSeconds(60L * i)));
        }
        latest.add(result("north-2", BASELINE, T0.minusSeconds(60)));
        latest.add(result("north-2", BASELINE, T0));
        // When
        var strips = new LivePicture(latest, NOTHING_SEEN, "").board("climate").strips();
        // Then
        assertThat(strips.get(0).times())
                .containsExactly(
                        new LiveBoard.Tick("0", "31 Dec, 23:50:00", ""),
                        new LiveBoard.Tick("320", "00:29:00 UTC", "end"));
        assertThat(strips.get(1).times()).containsExactly(new LiveBoard.Tick("320", "00:00:00 UTC", "end"));
        assertThat(strips.get(1).turns()).isEmpty();
        assertThat(strips.get(1).words()).isEqualTo("2 × normal; read from 31 Dec, 23:59:00 to 00:00:00 UTC");
    }

    @Test
    void everyColourHasItsKeyWhereThereAreMoreAnswersThanColours() {
        // Given
        for (int i = 0; i < 10; i++) {
            latest.add(result("north-1", Optional.of(new Prediction("answer-" + i, 0.5))));
        }
        // When
        var board = new LivePicture(latest, NOTHING_SEEN, "").board("climate");
        // Then
        assertThat(board.labels()).hasSize(8);
        assertThat(board.labels().get(7)).isEqualTo(new LiveBoard.Label("other answers", 7, 3));
        assertThat(board.labels())
                .extracting(LiveBoard.Label::colour)
                .containsAll(board.strips().get(0).cells().stream()
                        .map(LiveBoard.Cell::colour)
                        .toList());
    }

    @Test
    void saysWhatIsOnAFrame() {
        // Given
        var box = new Frame.Box(0, 0, 1, 1);
        var frame = new Frame(
                640,
                480,
                1000,
                0,
                false,
                List.of(
                        new Frame.Found("person", 0.9, box),
                        new Frame.Found("car", 0.8, box),
                        new Frame.Found("person", 0.7, box)));
        // When
        latest.add(result(new StreamId("entrance"), "cam-1", Optional.empty(), Optional.of(frame)));
        // Then
        assertThat(new LivePicture(latest, NOTHING_SEEN, "")
                        .board("nothing")
                        .strips()
                        .get(0)
                        .answer())
                .isEqualTo("2 person, 1 car");
    }

    @Test
    void remembersOnlySoManyStreamsAndDevices() {
        // When
        for (int i = 0; i < 100; i++) {
            latest.add(result("device-" + i, Optional.empty()));
            latest.add(result(new StreamId("stream-" + i), "d", Optional.empty(), Optional.empty()));
        }
        // Then
        assertThat(latest.streams()).hasSize(LatestResults.MOST_STREAMS).contains(STREAM, new StreamId("stream-99"));
        assertThat(latest.of(STREAM)).hasSize(LatestResults.MOST_DEVICES);
    }

    private static InferenceResult result(String device, Optional<Prediction> prediction) {
        return result(STREAM, device, prediction, Optional.empty());
    }

    private static InferenceResult result(String device, Digest build, Instant at) {
        var prediction = Optional.of(new Prediction("normal", 0.5));
        return result(new Reading(STREAM, device, build, at), prediction, Optional.empty());
    }

    private static InferenceResult result(
            StreamId stream, String device, Optional<Prediction> prediction, Optional<Frame> frame) {
        return result(new Reading(stream, device, BASELINE, T0), prediction, frame);
    }

    private record Reading(StreamId stream, String device, Digest build, Instant at) {}

    private static InferenceResult result(Reading reading, Optional<Prediction> prediction, Optional<Frame> frame) {
        return new InferenceResult(
                new EventId("e"),
                new DeviceId(reading.device()),
                NORTH,
                GW_NORTH,
                reading.stream(),
                MODEL,
                VERSION,
                reading.build(),
                reading.at(),
                prediction,
                1_500_000,
                frame);
    }
}
