package io.plumbline.fleet.adapter.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.fleet.core.post.Delivery;
import io.plumbline.fleet.core.post.Sink;
import io.plumbline.fleet.testing.Alerts;
import io.plumbline.signals.trace.Trail;
import io.plumbline.support.TraceCollector;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeedsTest {

    private static final ModelName MODEL = new ModelName("m");
    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String VERDICT = "b7ad6b7169203331";
    private static final String OUTCOME = "00f067aa0ba902b7";
    private static final Optional<String> FOLLOWED = Optional.of("00-" + TRACE + "-" + VERDICT + "-01");

    private final Alert opened = Alerts.alert(1, AlertChange.OPENED);
    private final String verdict = opened.proof().reference().orElseThrow();
    private final List<Alert> delivered = new ArrayList<>();

    private TraceCollector collector;
    private Trail trail;
    private Deeds deeds;
    private Sink sink;

    @BeforeEach
    void start() throws IOException {
        collector = new TraceCollector();
        trail = Trail.of(Optional.of(collector.address()), "plumbline-fleet");
        deeds = new Deeds(trail);
        sink = deeds.over("pager", this::deliver);
    }

    @AfterEach
    void stop() {
        trail.close();
        collector.close();
    }

    private Delivery deliver(Alert alert) {
        delivered.add(alert);
        return new Delivery.Done();
    }

    @Test
    void anAlertAndItsLetterAreInTheTraceOfTheVerdict() {
        // When
        deeds.verdict(verdict, FOLLOWED);
        deeds.changed(List.of(opened));
        sink.deliver(opened);
        trail.close();

        // Then
        await().untilAsserted(() -> assertThat(collector.spans()).hasSize(2));
        var alert = collector.named("alert").get(0);
        var letter = collector.named("alert letter").get(0);
        assertThat(collector.spans())
                .allSatisfy(span -> assertThat(span.trace()).isEqualTo(TRACE));
        assertThat(alert.parent()).isEqualTo(VERDICT);
        assertThat(letter.parent()).isEqualTo(alert.id());
        assertThat(deeds.place(opened)).contains("00-" + TRACE + "-" + alert.id() + "-01");
        assertThat(delivered).containsExactly(opened);
    }

    @Test
    void aLetterAfterARestartFollowsTheVerdictItself() {
        // When: the verdict is read again, the alert was opened before
        deeds.verdict(verdict, FOLLOWED);
        deeds.changed(List.of(Alerts.alert(2, AlertChange.UPDATED)));
        sink.deliver(opened);
        trail.close();

        // Then
        await().untilAsserted(() -> assertThat(collector.spans()).hasSize(1));
        assertThat(collector.named("alert letter").get(0).parent()).isEqualTo(VERDICT);
    }

    @Test
    void anAlertAboutAVerdictFollowsItThoughItsRecalibrationWasHeardOfBeforeTheAlertWasOpened() {
        // When: a recalibration has the id of the verdict that asked for it
        deeds.verdict(verdict, FOLLOWED);
        deeds.recalibration(verdict, Optional.of("00-" + TRACE + "-" + OUTCOME + "-01"));
        var refused = Alerts.alert(AlertKind.RECALIBRATION_REFUSED, Alerts.SUBJECT, 1, AlertChange.OPENED);
        deeds.changed(List.of(opened, refused));
        trail.close();

        // Then
        await().untilAsserted(() -> assertThat(collector.named("alert"))
                .extracting(TraceCollector.Span::parent)
                .containsExactly(VERDICT, OUTCOME));
    }

    @Test
    void theStepsOfARolloutFollowItsRequestAndAfterARestartTheOutcomeOfTheRecalibration() {
        // Given
        var outcome = Optional.of("00-" + TRACE + "-" + OUTCOME + "-01");
        List<Optional<String>> places = new ArrayList<>();

        // When: its first step is told before the request is done with
        deeds.recalibration("v-1", outcome);
        deeds.rollout(accepted("v-1"), outcome, () -> deeds.step(step("recalibration-v-1"), places::add));
        deeds.recalibration("v-2", outcome);
        deeds.step(step("recalibration-v-2"), places::add);
        deeds.step(step("by-hand"), places::add);
        trail.close();

        // Then
        await().untilAsserted(() -> assertThat(collector.spans()).hasSize(3));
        var request = collector.named("rollout request").get(0);
        assertThat(collector.named("rollout step"))
                .extracting(TraceCollector.Span::parent)
                .containsExactly(request.id(), OUTCOME);
        assertThat(places)
                .containsExactlyElementsOf(Stream.concat(
                                collector.named("rollout step").stream()
                                        .map(span -> Optional.of("00-" + TRACE + "-" + span.id() + "-01")),
                                Stream.of(Optional.<String>empty()))
                        .toList());
    }

    private static RecalibrationEvent.Accepted accepted(String id) {
        return new RecalibrationEvent.Accepted(id, MODEL, BASELINE, CANDIDATE, "nearer", List.of(), Instant.EPOCH);
    }

    private static RolloutEvent step(String rollout) {
        return new RolloutEvent(
                rollout,
                1,
                MODEL,
                BASELINE,
                CANDIDATE,
                RolloutStage.CANARY,
                List.of(),
                "it begins",
                List.of(),
                Instant.EPOCH);
    }

    @Test
    void whatNobodyFollowsIsDoneAndNotTold() {
        deeds.verdict(verdict, Optional.empty());
        deeds.changed(List.of(opened));
        sink.deliver(opened);
        trail.close();

        assertThat(delivered).containsExactly(opened);
        assertThat(deeds.place(opened)).isEmpty();
        assertThat(collector.spans()).isEmpty();
    }
}
