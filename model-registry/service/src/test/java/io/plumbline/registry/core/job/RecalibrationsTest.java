package io.plumbline.registry.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.database.StoreUnavailableException;
import io.plumbline.registry.core.choice.Choice;
import io.plumbline.registry.core.recalibration.Coordinator;
import io.plumbline.registry.core.recalibration.Gate;
import io.plumbline.registry.core.recalibration.GatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecalibrationsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SiteId NORTH = new SiteId("north");
    private static final GatewayId GATEWAY = new GatewayId("gw-north");
    private static final Digest BUILD = Digest.of(new byte[] {0});
    private static final ModelName ONE = new ModelName("one");
    private static final ModelName TWO = new ModelName("two");

    private final List<CalibrationMessage> tasks = new ArrayList<>();
    private final List<RecalibrationEvent> outcomes = new ArrayList<>();
    private final Queue<Runnable> builds = new ArrayDeque<>();
    private final MemoryJobStore store = new MemoryJobStore();
    private Instant now = NOW;
    private final Recalibrations recalibrations = new Recalibrations(
            new Coordinator(new Gate(GatePolicy.DEFAULT), Choice.DEFAULT, Duration.ofSeconds(15)),
            new Pace(Duration.ZERO, 12),
            store,
            new Surroundings(
                    tasks::add,
                    outcomes::add,
                    progress -> {
                        throw new IllegalStateException("nobody listens");
                    },
                    order -> {
                        throw new IllegalStateException("no space left on device");
                    },
                    builds::add),
            () -> now);

    @BeforeEach
    void listen() {
        recalibrations.listening();
    }

    @Test
    void whatIsUnfinishedIsKnownUntilItsOutcomeIsTold() {
        // Given
        assertThat(recalibrations.unfinished()).isEmpty();
        begin(ONE);
        // Then
        assertThat(recalibrations.unfinished())
                .singleElement()
                .satisfies(job -> assertThat(job.changedAt()).isEqualTo(NOW))
                .satisfies(job -> assertThat(job.isOver()).isFalse());
        // When its candidates cannot be built
        recalibrations.answered(observed(ONE, 2048));
        build();
        assertThat(recalibrations.unfinished()).singleElement().matches(Job::isOver);
        recalibrations.outcome(outcomes.get(0));
        // Then
        assertThat(recalibrations.unfinished()).isEmpty();
    }

    @Test
    void aBuilderWithABugEndsTheRecalibrationWithThatReason() {
        // Given
        begin(ONE);

        // When
        recalibrations.answered(observed(ONE, 2048));
        build();

        // Then
        assertThat(refusals()).singleElement().asString().contains("the registry failed", "no space left on device");
        recalibrations.requested(request(ONE, "r-next"));
        assertThat(tasks).hasSize(2);
    }

    @Test
    void histogramsThatDoNotFitEndTheirRecalibrationAndNoOther() {
        // Given
        begin(ONE);
        begin(TWO);

        // When
        recalibrations.answered(observed(ONE, 1024));

        // Then
        assertThat(outcomes).extracting(RecalibrationEvent::model).containsExactly(ONE);
        assertThat(refusals()).singleElement().asString().contains("1024 bins");
        recalibrations.answered(observed(TWO, 2048));
        build();
        assertThat(outcomes).extracting(RecalibrationEvent::model).containsExactly(ONE, TWO);
    }

    @Test
    void whileCandidatesAreBuiltEverythingElseGoesOn() {
        // Given
        begin(ONE);
        recalibrations.answered(observed(ONE, 2048));
        assertThat(builds).hasSize(1);

        // When
        now = NOW.plus(Duration.ofMinutes(5));
        recalibrations.tick();
        begin(TWO);

        // Then
        assertThat(outcomes).isEmpty();
        assertThat(tasks).extracting(CalibrationMessage::model).containsExactly(ONE, TWO);
        build();
        assertThat(outcomes).extracting(RecalibrationEvent::model).containsExactly(ONE);
    }

    @Test
    void aRequestThatWaitedForTheStartBeginsWhenItsGatewayIsHeard() {
        // Given
        recalibrations.requested(request(ONE, "r-one"));
        recalibrations.tick();
        assertThat(tasks).isEmpty();

        // When
        hear();
        recalibrations.tick();

        // Then
        assertThat(tasks).singleElement().isInstanceOf(CalibrationMessage.Observe.class);
        recalibrations.tick();
        assertThat(tasks).hasSize(1);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aRequestWhoseSiteStaysSilentIsRefusedHalfAMinuteAfterTheStart() {
        recalibrations.requested(request(ONE, "r-one"));
        now = NOW.plusMillis(29_999);
        recalibrations.tick();
        assertThat(outcomes).isEmpty();
        now = NOW.plusSeconds(30);
        recalibrations.tick();
        assertThat(refusals()).containsExactly("no gateway on [north] runs build " + BUILD.shortHex());
        recalibrations.tick();
        assertThat(outcomes).hasSize(1);
    }

    /** Its offset was not committed when the registry died, and its outcome stands behind it on the topic. */
    @Test
    void aRequestThatIsPlayedAgainEndsWithTheOutcomeItHas() {
        // Given
        recalibrations.requested(request(TWO, "r-two"));
        begin(ONE);
        recalibrations.answered(observed(ONE, 2048));

        // When
        for (var model : List.of(ONE, TWO)) {
            recalibrations.outcome(
                    new RecalibrationEvent.Refused("r-" + model, model, BUILD, "as before", List.of(), NOW));
        }
        build();
        recalibrations.tick();

        // Then
        assertThat(outcomes).isEmpty();
        assertThat(tasks).hasSize(1);
        recalibrations.requested(request(ONE, "r-next"));
        assertThat(tasks).hasSize(2);
    }

    /** The candidates are there, but not that they are: only building again finds them. */
    @Test
    void candidatesThatCouldNotBeStoredAreBuiltAgain() {
        // Given
        begin(ONE);
        recalibrations.answered(observed(ONE, 2048));
        store.breakdown(true);
        build();
        assertThat(outcomes).isEmpty();

        // When
        store.breakdown(false);
        recalibrations.tick();

        // Then
        assertThat(builds).hasSize(1);
        build();
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void anAnswerThatCannotBeStoredIsNotTaken() {
        // Given
        begin(ONE);
        store.breakdown(true);
        var answer = observed(ONE, 2048);
        assertThatThrownBy(() -> recalibrations.answered(answer)).isInstanceOf(StoreUnavailableException.class);
        assertThat(builds).isEmpty();

        // When
        store.breakdown(false);
        recalibrations.answered(answer);

        // Then
        assertThat(builds).hasSize(1);
    }

    @Test
    void gatewaysAreAskedAgainWhenAnswersMayHaveBeenMissedAndOnlyThen() {
        // Given
        begin(ONE);
        recalibrations.tick();
        assertThat(tasks).hasSize(1);

        // When
        now = NOW.plusSeconds(14);
        recalibrations.listening();
        recalibrations.tick();

        // Then
        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(1)).isEqualTo(tasks.get(0));
        now = NOW.plusSeconds(28);
        recalibrations.tick();
        assertThat(outcomes).isEmpty();
        now = NOW.plusSeconds(29);
        recalibrations.tick();
        assertThat(refusals()).containsExactly("no histograms from [north]");
    }

    @Test
    void aRequestWithoutANameIsPassedOver() {
        recalibrations.requested(request(ONE, "r".repeat(201)));
        recalibrations.requested(request(ONE, ""));
        assertThat(store.newest(10)).isEmpty();
    }

    private void build() {
        builds.forEach(Runnable::run);
        builds.clear();
    }

    private void begin(ModelName model) {
        hear();
        recalibrations.requested(request(model, "r-" + model));
    }

    private void hear() {
        var streams = new ArrayList<GatewayEvent.RunningStream>();
        for (var one : List.of(ONE, TWO)) {
            streams.add(new GatewayEvent.RunningStream(new StreamId(one.value()), one, BUILD));
        }
        recalibrations.heard(
                new GatewayEvent.Heartbeat(GATEWAY, NORTH, NOW, 1, streams, new GatewayCounters(0, 0, 0, 0, 0)));
    }

    private List<String> refusals() {
        return outcomes.stream()
                .map(outcome -> ((RecalibrationEvent.Refused) outcome).because())
                .toList();
    }

    private static RecalibrationEvent.Requested request(ModelName model, String id) {
        return new RecalibrationEvent.Requested(
                id, model, Digest.of(new byte[] {1}), BUILD, List.of(NORTH), "stale", NOW);
    }

    private static CalibrationMessage observed(ModelName model, int bins) {
        var counts = new long[bins];
        counts[bins / 2] = 100;
        counts[bins / 2 + bins / 4] = 100;
        var histogram = new TensorHistogram("t", 0, 1, 2, new Counts(counts));
        return new CalibrationMessage.Observed("r-" + model, model, GATEWAY, NORTH, 100, List.of(histogram));
    }
}
