package io.plumbline.fleet.adapter.sink;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.Alert.Resolution;
import io.plumbline.contract.message.Alert.Subject;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import io.plumbline.fleet.testing.Alerts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink against the program that it is for. */
class RealAlertmanagerTest {

    private static final Subject SUBJECT = Subject.of(MODEL, BASELINE, NORTH);

    /** The Alertmanager has no other clock than the wall. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final Instant opened = now.minusSeconds(60);
    private HookServer hook;
    private RealAlertmanager server;
    private AlertmanagerSink sink;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        hook = new HookServer();
        server = RealAlertmanager.start(folder, hook.url("/told"));
        sink = new AlertmanagerSink(
                new SinkTarget.Alertmanager(server.url(), Optional.empty()),
                HttpPost.usual(),
                new Secrets(Map.<String, String>of()::get),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        hook.close();
    }

    @Test
    void anAlertIsToldByItUntilItIsOverAndAgainWhenItIsBack() {
        // When
        var delivery = sink.deliver(alert(AlertKind.CONCEPT_DRIFT, SUBJECT, AlertChange.OPENED));
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        assertThat(server.active()).singleElement().satisfies(active -> {
            assertThat(active.at("/labels/alertname").asText()).isEqualTo("PlumblineConceptDrift");
            assertThat(active.at("/annotations/summary").asText()).isEqualTo("accuracy fell to 61 %");
            assertThat(Instant.parse(active.get("startsAt").asText())).isEqualTo(opened);
            assertThat(Instant.parse(active.get("endsAt").asText())).isAfter(now.plus(Duration.ofMinutes(4)));
        });
        await().untilAsserted(() -> assertThat(told()).containsExactly("firing"));
        // When
        sink.deliver(alert(AlertKind.CONCEPT_DRIFT, SUBJECT, AlertChange.RESOLVED));
        // Then
        assertThat(server.active()).isEmpty();
        await().untilAsserted(() -> assertThat(told()).containsExactly("firing", "resolved"));
        // When
        sink.deliver(alert(AlertKind.CONCEPT_DRIFT, SUBJECT, AlertChange.REOPENED));
        // Then
        assertThat(server.active()).hasSize(1);
        await().untilAsserted(() -> assertThat(told()).containsExactly("firing", "resolved", "firing"));
    }

    @Test
    void takesAlertsOfEveryKindAndSubjectTogether() {
        // Given
        var all = Arrays.stream(AlertKind.values())
                .map(kind -> alert(kind, subject(kind), AlertChange.OPENED))
                .toList();
        // When
        var delivery = sink.renew(all);
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        assertThat(server.active()).hasSameSizeAs(all);
    }

    @Test
    void takesTheEndOfAnAlertThatIsOlderThanItsBeginningBecauseAClockWasSetBack() {
        // Given
        sink.deliver(alert(AlertKind.CONCEPT_DRIFT, SUBJECT, AlertChange.OPENED));
        // When
        var delivery = sink.deliver(alert(
                AlertKind.CONCEPT_DRIFT,
                SUBJECT,
                AlertChange.RESOLVED,
                Optional.of(new Resolution(opened.minusSeconds(60), "the verdict is STABLE"))));
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        assertThat(server.active()).isEmpty();
    }

    private static Subject subject(AlertKind kind) {
        return switch (kind) {
            case FLEET_SILENT -> Subject.FLEET;
            case GATEWAY_SILENT, RECORDS_LOST -> Subject.of(NORTH, GW_NORTH);
            case ROLLOUT_PAUSED, ROLLOUT_FAILED, RECALIBRATION_REFUSED -> Subject.of(MODEL, BASELINE);
            default -> SUBJECT;
        };
    }

    private List<String> told() throws IOException {
        var told = new ArrayList<String>();
        for (var seen : hook.seen()) {
            told.add(new ObjectMapper().readTree(seen.body()).get("status").asText());
        }
        return told;
    }

    private Alert alert(AlertKind kind, Subject subject, AlertChange change) {
        var over = change == AlertChange.RESOLVED
                ? Optional.of(new Resolution(now.minusSeconds(1), "the verdict is STABLE"))
                : Optional.<Resolution>empty();
        return alert(kind, subject, change, over);
    }

    private Alert alert(AlertKind kind, Subject subject, AlertChange change, Optional<Resolution> over) {
        var sample = Alerts.alert(subject, 1, change);
        return new Alert(
                Alert.idOf(kind, subject),
                1,
                1,
                kind,
                kind.severity(),
                change,
                subject,
                sample.because(),
                kind == AlertKind.CONCEPT_DRIFT ? sample.proof() : Alert.Proof.of("r-1", "plumbline explain r-1"),
                1,
                opened,
                opened,
                Optional.empty(),
                Optional.empty(),
                over);
    }
}
