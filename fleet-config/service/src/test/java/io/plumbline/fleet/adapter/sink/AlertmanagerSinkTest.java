package io.plumbline.fleet.adapter.sink;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.fleet.adapter.secret.Secrets;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.spec.alert.Secret;
import io.plumbline.fleet.core.spec.alert.SinkTarget;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerSinkTest {

    private final MutableClock clock = new MutableClock(T0.plusSeconds(10));
    private HookServer server;

    @BeforeEach
    void start() throws Exception {
        server = new HookServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsAnAlertInTheFormOfTheApi() throws Exception {
        // Given
        var alert = Alerts.alert(1, AlertChange.OPENED);
        // When
        var delivery = sink(Optional.empty()).deliver(alert);
        // Then
        assertThat(delivery).isEqualTo(new Delivery.Done());
        assertThat(server.seen().get(0).path()).isEqualTo("/am/api/v2/alerts");
        var posted = posted(0).get(0);
        assertThat(labels(posted))
                .containsExactlyInAnyOrder(
                        "alertname=PlumblineConceptDrift",
                        "severity=critical",
                        "plumbline_id=" + alert.id(),
                        "model=climate-event",
                        "build=" + BASELINE,
                        "site=north");
        assertThat(posted.at("/annotations/summary").asText()).isEqualTo("accuracy fell to 61 %");
        assertThat(posted.at("/annotations/description").asText())
                .contains("accuracy of all: 0.6100 (0.5800 to 0.6400), threshold 0.9000, 1000 samples");
        assertThat(posted.at("/annotations/command").asText()).startsWith("plumbline explain");
        assertThat(posted.get("startsAt").asText()).isEqualTo(T0.toString());
        assertThat(posted.get("endsAt").asText())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)).toString());
    }

    @Test
    void anAlertThatIsOverEndsThereWithTheSameLabels() throws Exception {
        // When
        var sink = sink(Optional.empty());
        sink.deliver(Alerts.alert(1, AlertChange.OPENED));
        sink.deliver(Alerts.alert(2, AlertChange.RESOLVED));
        // Then
        assertThat(posted(1).get(0).get("endsAt").asText())
                .isEqualTo(T0.plusSeconds(60).toString());
        assertThat(labels(posted(1).get(0))).isEqualTo(labels(posted(0).get(0)));
    }

    @Test
    void renewsWhatIsOpenInOneRequestOftenEnoughThatItIsNotForgotten() throws Exception {
        // Given
        var sink = sink(Optional.empty());
        // When
        sink.renew(List.of(Alerts.alert(1, AlertChange.OPENED), Alerts.alert(2, AlertChange.UPDATED)));
        // Then
        assertThat(posted(0)).hasSize(2);
        assertThat(sink.renewal().orElseThrow())
                .isLessThanOrEqualTo(Duration.ofMinutes(5).dividedBy(2));
    }

    @Test
    void sendsATokenWhereTheFileSaysSo() {
        // When
        sink(Optional.of(new Secret.InEnvironment("AM"))).deliver(Alerts.alert(1, AlertChange.OPENED));
        // Then
        assertThat(server.seen().get(0).headers()).containsEntry("authorization", "Bearer t0ken");
    }

    @Test
    void aTokenOfTwoLinesIsNamedByWhereItIsAndNeverSaid() {
        // When
        var delivery = sink(Optional.of(new Secret.InEnvironment("TWO"))).deliver(Alerts.alert(1, AlertChange.OPENED));
        // Then
        assertThat(delivery)
                .isEqualTo(new Delivery.Unreachable(
                        "environment variable TWO must hold the secret in one line, without control characters"));
    }

    @Test
    void anAlertmanagerThatStartsIsTriedAgain() {
        // Given
        server.answer(503);
        // Then
        assertThat(sink(Optional.empty()).deliver(Alerts.alert(1, AlertChange.OPENED)))
                .isInstanceOf(Delivery.Unreachable.class);
    }

    private JsonNode posted(int request) throws Exception {
        return new ObjectMapper().readTree(server.seen().get(request).body());
    }

    private static List<String> labels(JsonNode posted) {
        return posted.get("labels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .toList();
    }

    private AlertmanagerSink sink(Optional<Secret> token) {
        return new AlertmanagerSink(
                new SinkTarget.Alertmanager(server.url("/am/"), token),
                HttpPost.usual(),
                new Secrets(Map.of("AM", "t0ken", "TWO", "t0ken\nsecond")::get),
                clock);
    }
}
