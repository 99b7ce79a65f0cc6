package io.plumbline.processor.topology;

import static io.plumbline.processor.topology.Given.NORTH;
import static io.plumbline.processor.topology.Given.STALE;
import static io.plumbline.processor.topology.Given.clipping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.Topics;
import io.plumbline.signals.trace.Trail;
import io.plumbline.support.TraceCollector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What a verdict follows from is in headers and spans, and in nothing else. */
class TracedTopologyTest {

    private static final int WINDOWS = 4;

    @Test
    void aVerdictAndItsRequestGoOnInTheTraceOfTheDeltaThatTurnedIt() throws IOException {
        try (var collector = new TraceCollector()) {
            // When
            List<TestRecord<String, byte[]>> verdicts;
            List<TestRecord<String, byte[]>> requests;
            try (var trail = Trail.of(Optional.of(collector.address()), "plumbline-processor");
                    var bench = Bench.telling(trail)) {
                send(bench, TracedTopologyTest::traceparent);
                verdicts = bench.records(Topics.VERDICTS);
                requests = bench.records(Topics.RECALIBRATIONS);
            }

            // Then
            await().untilAsserted(() -> assertThat(collector.spans()).hasSize(2));
            var verdict = collector.named("verdict").get(0);
            assertThat(verdict.trace()).isEqualTo(trace(WINDOWS - 1));
            assertThat(verdict.parent()).isEqualTo(span(WINDOWS - 1));
            assertThat(verdict.links()).containsExactly(span(2), span(1), span(0));
            var request = collector.named("recalibration request").get(0);
            assertThat(request.parent()).isEqualTo(verdict.id());
            assertThat(request.trace()).isEqualTo(verdict.trace());
            assertThat(headers(verdicts)).containsExactly("00-" + verdict.trace() + "-" + verdict.id() + "-01");
            assertThat(headers(requests)).containsExactly("00-" + request.trace() + "-" + request.id() + "-01");
        }
    }

    @Test
    void withoutACollectorAVerdictHandsOnWhatItsDeltaBrought() {
        try (var bench = new Bench()) {
            send(bench, TracedTopologyTest::traceparent);

            assertThat(headers(bench.records(Topics.VERDICTS))).containsExactly(traceparent(WINDOWS - 1));
            assertThat(headers(bench.records(Topics.RECALIBRATIONS))).containsExactly(traceparent(WINDOWS - 1));
        }
    }

    @Test
    void whatNobodyFollowsGetsNoHeader() {
        try (var bench = new Bench()) {
            send(bench, window -> "");

            assertThat(bench.records(Topics.VERDICTS))
                    .singleElement()
                    .satisfies(record -> assertThat(record.headers()).isEmpty());
        }
    }

    @Test
    void whatIsStoredAndToldIsTheSameToTheByteWhoeverFollows() throws IOException {
        try (var collector = new TraceCollector();
                var trail = Trail.of(Optional.of(collector.address()), "plumbline-processor");
                var followed = Bench.telling(trail);
                var alone = new Bench()) {
            // When
            send(followed, TracedTopologyTest::traceparent);
            send(alone, window -> "");

            // Then
            assertThat(values(followed.records(Topics.VERDICTS))).isEqualTo(values(alone.records(Topics.VERDICTS)));
            assertThat(values(followed.records(Topics.RECALIBRATIONS)))
                    .isEqualTo(values(alone.records(Topics.RECALIBRATIONS)));
            var expected = alone.changelogs();
            var found = followed.changelogs();
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((store, entries) ->
                    assertThat(found.get(store)).usingRecursiveComparison().isEqualTo(entries));
        }
    }

    private static void send(Bench bench, Function<Integer, String> traceparent) {
        for (int window = 0; window < WINDOWS; window++) {
            bench.send(clipping(STALE, NORTH, window), traceparent.apply(window));
        }
    }

    private static String traceparent(int window) {
        return "00-" + trace(window) + "-" + span(window) + "-01";
    }

    private static String trace(int window) {
        return "0af7651916cd43dd8448eb211c80319" + (window + 1);
    }

    private static String span(int window) {
        return "b7ad6b716920333" + (window + 1);
    }

    private static List<String> headers(List<TestRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> Headers.of(record).get("traceparent"))
                .toList();
    }

    private static List<List<Byte>> values(List<TestRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> {
                    var bytes = new java.util.ArrayList<Byte>();
                    for (byte value : record.value()) {
                        bytes.add(value);
                    }
                    return List.copyOf(bytes);
                })
                .toList();
    }
}
