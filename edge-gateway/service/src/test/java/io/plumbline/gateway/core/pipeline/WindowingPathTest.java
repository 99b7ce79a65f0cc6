package io.plumbline.gateway.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings of one device every five seconds, in windows of 16, whose humidity is their number. */
class WindowingPathTest {

    private static final Windowing LATE = new Windowing(1, Optional.of(Duration.ofSeconds(10)));

    private final PipelineBench bench = new PipelineBench();
    private final List<OutboxRecord> written = new ArrayList<>();

    private void start(Pipeline pipeline, Windowing windowing) {
        pipeline.activate(
                Motes.stream("one").withWindowing(windowing),
                FakeModel.build("one"),
                new GatewayEvent.Started(bench.self.gateway(), bench.self.site(), Motes.START));
        pipeline.takeRecords();
    }

    private List<InferenceResult> send(Pipeline pipeline, IntStream sequences) {
        sequences.forEach(i -> pipeline.handle(Motes.reading("north-1", i, i % 100, 20)));
        var records = pipeline.takeRecords();
        written.addAll(records);
        return records.stream()
                .filter(record -> record.kind() == RecordKind.RESULT)
                .map(record -> InferenceResult.from(record.value()))
                .toList();
    }

    private static List<Boolean> asked(List<InferenceResult> results) {
        return results.stream().map(one -> one.prediction().isPresent()).toList();
    }

    @Test
    void theModelAnswersEveryFourthReadingAndEachHasAResult() {
        // Given
        start(bench.pipeline, new Windowing(4, Optional.empty()));

        // When
        var results = send(bench.pipeline, IntStream.range(0, 40));

        // Then
        assertThat(results).hasSize(40);
        assertThat(asked(results))
                .isEqualTo(IntStream.range(0, 40)
                        .mapToObj(i -> i >= 15 && (i - 15) % 4 == 0)
                        .toList());
        assertThat(bench.metrics.count("answered")).isEqualTo(7);
    }

    @Test
    void aLateReadingTakesItsPlaceAndIsAnsweredWithoutAPrediction() {
        // Given
        start(bench.pipeline, LATE);

        // When
        var results = send(
                bench.pipeline, IntStream.concat(IntStream.range(0, 13), IntStream.of(14, 15, 13, 16, 17, 18, 17 + 2)));

        // Then: no window before the late one came, though 16 readings had
        assertThat(asked(results).subList(13, 20)).containsExactly(false, false, false, true, true, true, true);
        assertThat(windows(bench.pipeline)).hasSize(4).allSatisfy(WindowingPathTest::inOrder);
    }

    @Test
    void withoutAToleranceWindowsAreInOrderOfArrival() {
        // Given
        start(bench.pipeline, Windowing.USUAL);

        // When
        var results = send(bench.pipeline, IntStream.concat(IntStream.range(0, 14), IntStream.of(15, 14)));

        // Then
        assertThat(asked(results).get(15)).isTrue();
    }

    @Test
    void whatIsTooLateIsAnsweredAndDisturbsNoWindow() {
        // Given
        start(bench.pipeline, LATE);
        send(bench.pipeline, IntStream.range(100, 120));

        // When
        var results = send(bench.pipeline, IntStream.of(3, 120, 4, 121));

        // Then
        assertThat(asked(results)).containsExactly(false, true, false, true);
        assertThat(bench.memory.counters().view(0).results()).isEqualTo(24);
        assertThat(windows(bench.pipeline)).allSatisfy(WindowingPathTest::inOrder);
    }

    @Test
    void aClockThatWasSetBackIsBelievedAfterAWindowOfReadings() {
        // Given
        start(bench.pipeline, LATE);
        send(bench.pipeline, IntStream.range(300, 320));

        // When
        var results = send(bench.pipeline, IntStream.range(0, 40));

        // Then: 16 are set aside, 16 fill the window
        assertThat(asked(results))
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> i >= 31).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void afterACrashTheModelIsAskedAsIfThereHadBeenNone(long seed) {
        // Given
        var random = new Random(seed);
        var windowing = new Windowing(1 + random.nextInt(4), LATE.lateness());
        start(bench.pipeline, windowing);
        var saved = bench.memory.toBytes();
        var sent = new HashSet<Integer>();
        for (int i = 0; i < 200; i++) {
            var about = Math.max(0, i - random.nextInt(random.nextInt(6) == 0 ? 40 : 4));
            if (sent.add(about)) { // what is only sent again is not counted after a crash
                send(bench.pipeline, IntStream.of(about));
            }
            if (random.nextInt(60) == 0) {
                saved = bench.memory.toBytes();
                written.clear();
            }
        }

        // When
        var memory = new GatewayMemory(PipelineBench.RULES, bench.clock, Duration.ofHours(1));
        memory.restore(saved);
        written.forEach(record -> memory.apply(
                OutboxRecord.from(record.toBytes()),
                (model, build) -> Optional.of(FakeModel.known()),
                (result, input, window) -> {}));

        // Then
        assertThat(memory.toBytes()).isEqualTo(bench.memory.toBytes());
        var recovered = bench.pipeline(memory);
        start(recovered, windowing);
        var next = random.ints(60, 195, 230).filter(sent::add).toArray();
        assertThat(send(recovered, IntStream.of(next))).isEqualTo(send(bench.pipeline, IntStream.of(next)));
    }

    private static List<Tensor> windows(Pipeline pipeline) {
        var halves = pipeline.reservoirs().of(Motes.stream("one").model());
        return Stream.concat(halves.calibration().stream(), halves.holdout().stream())
                .toList();
    }

    private static void inOrder(Tensor window) {
        for (int i = 2; i < window.size(); i += 2) {
            assertThat(window.get(i)).isEqualTo((window.get(i - 2) + 1) % 100);
        }
    }
}
