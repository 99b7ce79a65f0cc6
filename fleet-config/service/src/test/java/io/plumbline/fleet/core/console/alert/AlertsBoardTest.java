package io.plumbline.fleet.core.console.alert;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.AlertSilence;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.Alert.Subject;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.fleet.core.alert.AlertBook;
import io.plumbline.fleet.testing.Fleets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertsBoardTest {

    @Test
    void openOnesComeFirstAndTheGravestOfThem() {
        // Given
        var over = alert(AlertKind.CONCEPT_DRIFT, Subject.of(MODEL, BASELINE, NORTH), true);
        var drift = alert(AlertKind.DATA_DRIFT, Subject.of(MODEL, BASELINE, NORTH), false);
        var silent = alert(AlertKind.GATEWAY_SILENT, Subject.of(NORTH, GW_NORTH), false);
        // When
        var board = AlertsBoard.of(book(over, drift, silent), List.of(), T0, 1);
        // Then
        assertThat(board.open()).isEqualTo(2);
        assertThat(board.lines()).extracting(AlertLine::alert).containsExactly(silent, drift, over);
        assertThat(board.lines())
                .extracting(AlertLine::link)
                .containsExactly(
                        Optional.of("/?gateway=gw-north#gateways-title"),
                        Optional.of("/drift?model=climate-event&site=north&build=" + BASELINE.shortHex() + "&at=" + T0
                                + "#time-title"),
                        Optional.of("/drift?model=climate-event&site=north&build=" + BASELINE.shortHex() + "&at=" + T0
                                + "#time-title"));
    }

    @Test
    void aConfirmationCountsWhatIsAlike() {
        // Given
        var other = Fleets.CANDIDATE;
        var board = AlertsBoard.of(
                book(
                        alert(AlertKind.DATA_DRIFT, Subject.of(MODEL, BASELINE, NORTH), false),
                        alert(AlertKind.DATA_DRIFT, Subject.of(MODEL, other, NORTH), false),
                        alert(AlertKind.DATA_DRIFT, Subject.of(MODEL, BASELINE, SOUTH), false)),
                List.of(),
                T0,
                1);
        // Then
        assertThat(board.lines()).extracting(AlertLine::alike).containsExactlyInAnyOrder(2L, 2L, 1L);
    }

    @Test
    void aLongListHasPagesAndSilencesThatAreOverAreGone() {
        // Given
        var many = IntStream.range(0, 50)
                .mapToObj(i -> alert(AlertKind.DATA_DRIFT, Subject.of(MODEL, Fleets.build("b" + i), NORTH), i % 2 == 0))
                .toArray(Alert[]::new);
        var book = book(many);
        // When
        var last = AlertsBoard.of(book, List.of(), T0.plusSeconds(60), 99);
        // Then
        assertThat(last.pages().page()).isEqualTo(3);
        assertThat(last.lines()).hasSize(10);
        assertThat(last.silences()).extracting(AlertSilence::id).containsExactly("s-2");
    }

    private static AlertBook book(Alert... alerts) {
        return new AlertBook(
                Stream.of(alerts).collect(Collectors.toMap(Alert::id, alert -> new AlertBook.Entry(alert, Map.of()))),
                Map.of(),
                Map.of(
                        "s-1", silence("s-1", T0.plusSeconds(60)),
                        "s-2", silence("s-2", T0.plusSeconds(61))));
    }

    private static AlertSilence silence(String id, Instant until) {
        return new AlertSilence(
                id,
                Optional.of(MODEL),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                T0,
                until,
                "ada",
                "known");
    }

    private static Alert alert(AlertKind kind, Subject subject, boolean over) {
        return new Alert(
                Alert.idOf(kind, subject),
                1,
                1,
                kind,
                kind.severity(),
                over ? AlertChange.RESOLVED : AlertChange.OPENED,
                subject,
                "because",
                new Alert.Proof(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                1,
                T0,
                T0,
                Optional.empty(),
                Optional.empty(),
                over ? Optional.of(new Alert.Resolution(T0, "it ended")) : Optional.empty());
    }
}
