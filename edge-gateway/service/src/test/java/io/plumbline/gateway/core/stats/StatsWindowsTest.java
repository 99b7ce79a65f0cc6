package io.plumbline.gateway.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.gateway.testing.ClimateBuild;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsWindowsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 4);

    private final StatsWindows windows = new StatsWindows(RULES);
    private long sequence;

    @Test
    void aWindowIsDueWhenEventTimeHasPassedItsEndByTheGrace() {
        // Given
        add(0);
        add(299);

        // When
        add(329);
        var early = due(NOW.plusSeconds(1));
        add(330);
        var due = due(NOW.plusSeconds(1));

        // Then
        assertThat(early).isEmpty();
        assertThat(due).singleElement().satisfies(delta -> {
            assertThat(delta.readings()).isEqualTo(2);
            assertThat(delta.key().windowStart()).isEqualTo(Motes.START);
            assertThat(delta.predictions()).containsExactly(new LabelCount("event", 2));
            assertThat(delta.latency().count()).isEqualTo(2);
            assertThat(delta.confidence())
                    .singleElement()
                    .satisfies(sketch -> assertThat(sketch.bins().total()).isEqualTo(2));
            assertThat(delta.features().get(0).bins().toArray()).containsExactly(0, 0, 2);
            assertThat(delta.features().get(1).sum()).isEqualTo(50);
        });
    }

    @Test
    void lateReadingsMakeAFurtherDeltaForTheirWindowWithAHigherSequence() {
        // Given
        add(10);
        add(700);
        var first = due(NOW.plusSeconds(1));

        // When
        add(20, NOW.plusSeconds(2));
        add(30, NOW.plusSeconds(2));
        var tooSoon = due(NOW.plusSeconds(2));
        var late = due(NOW.plusSeconds(3));

        // Then
        assertThat(first)
                .singleElement()
                .satisfies(delta -> assertThat(delta.readings()).isEqualTo(1));
        assertThat(tooSoon).isEmpty();
        assertThat(late).singleElement().satisfies(delta -> {
            assertThat(delta.readings()).isEqualTo(2);
            assertThat(delta.key().windowStart()).isEqualTo(first.get(0).key().windowStart());
            assertThat(delta.key().sequence()).isGreaterThan(first.get(0).key().sequence());
        });
    }

    @Test
    void aClockThatIsAheadDoesNotMakeADeltaOfEveryReading() {
        // Given
        add(700);
        var deltas = 0;

        // When
        for (int second = 0; second < 300; second++) {
            add(second, NOW.plusSeconds(second));
            deltas += due(NOW.plusSeconds(second)).size();
        }

        // Then
        assertThat(deltas).isBetween(2, 14);
        assertThat(windows.all(() -> ++sequence)).isNotEmpty();
    }

    @Test
    void keepsNoMoreWindowsOpenThanAllowed() {
        // Given
        for (int window = 6; window >= 1; window--) {
            add(300 * window);
        }

        // When
        var due = due(NOW);

        // Then
        assertThat(due).hasSize(2);
    }

    @Test
    void whatWasSavedAndWhatCameAfterwardsAddUp() throws Exception {
        // Given
        add(0);
        add(5);
        var bytes = new ByteArrayOutputStream();
        windows.write(new DataOutputStream(bytes));
        var restored = new StatsWindows(RULES);

        // When
        restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), NOW);
        restored.add(subject(), observation(10), NOW);

        // Then
        assertThat(restored.all(() -> 1)).singleElement().satisfies(delta -> {
            assertThat(delta.readings()).isEqualTo(3);
            assertThat(delta.features().get(0).bins().toArray()).containsExactly(0, 0, 3);
            assertThat(delta.features().get(1).sumOfSquares()).isEqualTo(3 * 625);
            assertThat(delta.confidence().get(0).bins().total()).isEqualTo(3);
        });
    }

    @Test
    void whatTheOutboxHasIsNotOpenAnyMore() {
        // Given
        add(0);
        add(400);

        // When
        windows.sent(subject().key(Motes.START, 17));

        // Then
        assertThat(windows.all(() -> 1))
                .extracting(delta -> delta.key().windowStart())
                .containsExactly(Motes.START.plus(WINDOW));
    }

    @Test
    void theShadowSampleTakesAboutItsShareAndAlwaysTheSame() {
        // Given
        var taken = 0;

        // When
        for (int i = 0; i < 20_000; i++) {
            var event = Motes.event("north-1", i);
            if (ShadowSample.contains(event, 0.3)) {
                taken++;
                assertThat(ShadowSample.contains(event, 0.5)).isTrue();
            }
        }

        // Then
        assertThat(taken / 20_000.0).isBetween(0.28, 0.32);
        assertThat(ShadowSample.contains(Motes.event("north-1", 1), 0)).isFalse();
        assertThat(ShadowSample.contains(Motes.event("north-1", 1), 1)).isTrue();
    }

    @Test
    void aFrameOnWhichTheModelFailedCountsAsAReadingAndTellsOfNothingFound() {
        // Given
        var frame = new Frame(640, 480, 9_000, 0, true, List.of());
        var failed = result(0, Optional.empty(), Optional.of(frame));

        // When
        windows.add(
                subject(),
                new Observation(failed, new float[] {60, 25}, Optional.empty(), Optional.of(ClimateBuild.profile())),
                NOW);

        // Then
        assertThat(windows.all(() -> 1)).singleElement().satisfies(delta -> {
            assertThat(delta.readings()).isEqualTo(1);
            assertThat(delta.latency().count()).isZero();
            assertThat(delta.features())
                    .extracting(FeatureSketch::feature)
                    .doesNotContain("detections", "score")
                    .hasSize(2);
        });
    }

    private void add(long seconds) {
        add(seconds, NOW);
    }

    private void add(long seconds, Instant now) {
        windows.add(subject(), observation(seconds), now);
    }

    private List<StatsDelta> due(Instant now) {
        return windows.due(now, () -> ++sequence);
    }

    private static StatsSubject subject() {
        return StatsSubject.of(result(0), WINDOW);
    }

    private static Observation observation(long seconds) {
        return new Observation(
                result(seconds), new float[] {60, 25}, Optional.empty(), Optional.of(ClimateBuild.profile()));
    }

    private static InferenceResult result(long seconds) {
        return result(seconds, Optional.of(new Prediction("event", 0.75)), Optional.empty());
    }

    private static InferenceResult result(long seconds, Optional<Prediction> prediction, Optional<Frame> frame) {
        return new InferenceResult(
                Motes.event("north-1", seconds),
                new DeviceId("north-1"),
                new SiteId("north"),
                new GatewayId("gw-north"),
                Motes.CLIMATE,
                ClimateBuild.MODEL,
                FakeModel.digest("fp32"),
                FakeModel.digest("one"),
                Motes.START.plusSeconds(seconds),
                prediction,
                5_000,
                frame);
    }
}
