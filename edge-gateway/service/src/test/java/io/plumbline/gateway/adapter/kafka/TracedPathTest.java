package io.plumbline.gateway.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.gateway.adapter.disk.LogLimits;
import io.plumbline.gateway.adapter.disk.SegmentedLog;
import io.plumbline.gateway.adapter.disk.SnapshotFile;
import io.plumbline.gateway.adapter.disk.WindowFile;
import io.plumbline.gateway.adapter.metrics.MicrometerMetrics;
import io.plumbline.gateway.adapter.tracing.OtlpTraces;
import io.plumbline.gateway.adapter.tracing.PublishTraces;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.inbox.Inbox;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.inbox.Pace;
import io.plumbline.gateway.core.outbox.OutboxRecord;
import io.plumbline.gateway.core.outbox.Overflow;
import io.plumbline.gateway.core.outbox.RecordKind;
import io.plumbline.gateway.core.pipeline.Intake;
import io.plumbline.gateway.core.pipeline.PipelineLoop;
import io.plumbline.gateway.core.pipeline.Snapshots;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.core.trace.Traces;
import io.plumbline.gateway.testing.FakeModel;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.SmallGateway;
import io.plumbline.support.TraceCollector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracedPathTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    @TempDir
    private Path folder;

    private TraceCollector collector;
    private SegmentedLog log;

    @BeforeEach
    void start() throws IOException {
        collector = new TraceCollector();
        log = SegmentedLog.open(folder.resolve("outbox"), new LogLimits(1 << 20, 16 << 20));
    }

    @AfterEach
    void stop() throws IOException {
        collector.close();
        log.close();
    }

    @Test
    void oneTraceLeadsFromTheMessageToTheKafkaRecord() throws Exception {
        // When
        var results = results(Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01"), 0);

        // Then
        await().untilAsserted(() -> assertThat(names())
                .containsExactlyInAnyOrder(
                        "mqtt message", "receive and decode", "inference", "outbox append", "kafka publish"));
        assertThat(collector.spans()).allMatch(span -> span.trace().equals(TRACE));
        var message = span("mqtt message");
        assertThat(message.parent()).isEqualTo(PARENT);
        assertThat(collector.spans())
                .filteredOn(span -> !span.equals(message))
                .allMatch(span -> span.parent().equals(message.id()));
        assertThat(results)
                .singleElement()
                .satisfies(record -> assertThat(
                                record.headers().lastHeader("traceparent").value())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("00-" + TRACE + "-" + message.id() + "-01"));
    }

    @Test
    void aMessageThatIsNotSampledIsNotFollowed() throws Exception {
        // When
        var results = results(Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-00"), 1);

        // Then
        assertThat(results)
                .singleElement()
                .satisfies(record -> assertThat(record.headers()).isEmpty());
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void ofMessagesWithoutATraceTheShareIsFollowed() throws Exception {
        // When
        var followed = results(Map.of(), 1);
        var left = results(Map.of("traceparent", "rubbish"), 0);

        // Then
        assertThat(followed)
                .singleElement()
                .satisfies(record -> assertThat(record.headers()).hasSize(1));
        assertThat(left)
                .singleElement()
                .satisfies(record -> assertThat(record.headers()).isEmpty());
        await().untilAsserted(() -> assertThat(span("mqtt message").parent()).isEmpty());
    }

    @Test
    void theStatisticsOfAWindowBeginATraceOfTheirOwn() {
        // When
        try (var traces = OtlpTraces.of(Optional.of(collector.url()), 0, self).orElseThrow()) {
            new KafkaSink(producer, traces).send(List.of(OutboxRecord.stats(delta())), 1);
        }

        // Then
        await().untilAsserted(() -> assertThat(names()).containsExactly("statistics"));
        var span = span("statistics");
        assertThat(span.parent()).isEmpty();
        assertThat(producer.history())
                .singleElement()
                .satisfies(record -> assertThat(
                                record.headers().lastHeader("traceparent").value())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("00-" + span.trace() + "-" + span.id() + "-01"));
    }

    @Test
    void statisticsThatAreSentAgainAfterACrashHaveTheSameHeaders() {
        for (int start = 0; start < 2; start++) {
            try (var traces =
                    OtlpTraces.of(Optional.of(collector.url()), 0, self).orElseThrow()) {
                new KafkaSink(producer, traces).send(List.of(OutboxRecord.stats(delta())), 1);
            }
        }

        assertThat(producer.history()).hasSize(2);
        assertThat(producer.history().get(1).headers())
                .isEqualTo(producer.history().get(0).headers());
    }

    private StatsDelta delta() {
        var digest = Digest.of(new byte[0]);
        return new StatsDelta(
                new StatsKey(
                        self.gateway(),
                        self.site(),
                        new StreamId("climate"),
                        new ModelName("climate-event"),
                        digest,
                        digest,
                        Instant.EPOCH,
                        Duration.ofMinutes(5),
                        0),
                1,
                List.of(),
                Fidelity.NONE,
                List.of(),
                LatencyHistogram.EMPTY);
    }

    @Test
    void withoutACollectorNothingIsBuilt() {
        assertThat(OtlpTraces.of(Optional.empty(), 1, self)).isEmpty();
    }

    private List<String> names() {
        return collector.spans().stream().map(TraceCollector.Span::name).toList();
    }

    private TraceCollector.Span span(String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(AssertionError::new);
    }

    /** One reading through the gateway's own parts, with the Kafka client's own producer for tests at the end. */
    private List<ProducerRecord<byte[], byte[]>> results(Map<String, String> properties, double share)
            throws Exception {
        var before = log.end();
        try (var traces =
                OtlpTraces.of(Optional.of(collector.url()), share, self).orElseThrow()) {
            answer(traces, properties);
            publish(traces, before);
        }
        var results = producer.history().stream()
                .filter(record -> record.topic().equals(Topics.RESULTS))
                .toList();
        producer.clear();
        return results;
    }

    private void answer(Traces traces, Map<String, String> properties) throws Exception {
        var metrics = new MicrometerMetrics(new SimpleMeterRegistry(), traces);
        var rules = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);
        var memory = new GatewayMemory(rules, self.clock(), Duration.ofHours(1));
        var pipeline = SmallGateway.pipeline(self, memory, metrics, System::nanoTime);
        var inbox = new Inbox(8, Overflow.BLOCK);
        var kept = new Snapshots(
                new SnapshotFile(folder.resolve("snapshot"), log),
                new WindowFile(folder.resolve("windows")),
                self.clock(),
                metrics,
                0);
        var loop = new PipelineLoop(pipeline, new Intake(inbox, new Pace(Duration.ZERO)), log, kept, metrics);
        var thread = new Thread(loop);
        thread.start();
        var build = FakeModel.build("one");
        loop.activate(Motes.stream("one"), build, new GatewayEvent.Started(self.gateway(), self.site(), Instant.EPOCH));
        var done = new CountDownLatch(1);
        var reading = Motes.reading("north-1", 1, 45, 20);
        inbox.put(new Incoming(
                reading.topic(),
                reading.payload(),
                new Incoming.Delivery(1, 0, Instant.now(), done::countDown),
                properties));
        done.await();
        loop.stop();
        thread.join();
    }

    private void publish(PublishTraces traces, long from) throws Exception {
        var sink = new KafkaSink(producer, traces);
        try (var reader = log.readFrom(from)) {
            var results = reader.read(100, Duration.ofMillis(10)).stream()
                    .filter(record -> record.kind() == RecordKind.RESULT)
                    .toList();
            sink.send(results, log.end());
        }
    }
}
