package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.TraceCollector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged processor and control plane over a real Kafka: from the statistics that a gateway sent to the letter about an alert. */
class TracesIT {

    private static final Path ROOT = Path.of(System.getProperty("plumbline.root"));
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Digest BUILD = Digest.of(new byte[0]);
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-1], devices: [north-1]}
            models:
              climate-event: {build: "%s"}
            streams:
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
            rollout: {}
            """.formatted(BUILD);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneTraceLeadsFromStatisticsToTheLetterAboutTheAlert() throws Exception {
        var brokers = Brokers.start(new Installation(ROOT), folder);
        try (var collector = new TraceCollector()) {
            // Given
            var kafka = brokers.ports().bootstrapServers();
            var services = List.of(
                    start(ServiceKind.FLEET, "fleet", "data-dir", kafka, collector),
                    start(ServiceKind.PROCESSOR, "processor", "state-dir", kafka, collector),
                    start(ServiceKind.REGISTRY, "registry", "data-dir", kafka, collector));
            for (var service : services) {
                service.awaitReady();
            }
            new FleetClient(services.get(0).url()).apply(FLEET);

            // When
            send(kafka);

            // Then
            try {
                theVerdictIsInTheTraceOfTheWindowThatTurnedIt(collector);
                aLetterFollows(collector, "alert", "verdict");
                aLetterFollows(
                        collector,
                        "alert",
                        "recalibration outcome",
                        "recalibration",
                        "recalibration request",
                        "verdict");
                accept(kafka);
                theRolloutFollows(collector);
                everySpanIsOfItsService(collector);
                assertThat(collector.spans())
                        .allSatisfy(span -> assertThat(span.trace()).isEqualTo(trace(3)));
            } finally {
                services.forEach(service -> service.process().stop(Duration.ofSeconds(20)));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    private static void theVerdictIsInTheTraceOfTheWindowThatTurnedIt(TraceCollector collector) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.named("verdict")).isNotEmpty());
        var verdict = collector.named("verdict").get(0);
        assertThat(verdict.trace()).isEqualTo(trace(3));
        assertThat(verdict.parent()).isEqualTo(span(3));
        assertThat(verdict.links()).containsExactly(span(2), span(1), span(0));
        assertThat(verdict.service()).isEqualTo("plumbline-processor");
    }

    /** The registry knows no such model: that it refuses is an alert beside the one about the verdict. */
    private static void aLetterFollows(TraceCollector collector, String... path) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.named("alert letter"))
                        .as("letters that follow %s among %s", List.of(path), collector.spans())
                        .anySatisfy(letter ->
                                assertThat(above(collector, letter, path)).isNotEmpty()));
    }

    /** What the registry says of a candidate that the gate let through, in the trace of the window that asked for it. */
    private static void accept(String kafka) {
        var accepted = new RecalibrationEvent.Accepted(
                "asked-in-trace",
                MODEL,
                BUILD,
                Digest.of(new byte[] {1}),
                "nearer to FP32",
                List.of(),
                Instant.parse("2026-01-01T00:30:00Z"));
        try (var producer = producer(kafka)) {
            var record =
                    new ProducerRecord<>(Topics.RECALIBRATIONS, accepted.model().value(), Json.encode(accepted));
            record.headers().add("traceparent", traceparent(3));
            var unused = producer.send(record);
            producer.flush();
        }
    }

    private static void theRolloutFollows(TraceCollector collector) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.named("rollout step"))
                        .as("steps among %s", collector.spans())
                        .anySatisfy(step -> assertThat(above(collector, step, "rollout request"))
                                .isNotEmpty()));
    }

    private static void everySpanIsOfItsService(TraceCollector collector) {
        assertThat(collector.named("recalibration outcome"))
                .allSatisfy(outcome -> assertThat(outcome.service()).isEqualTo("plumbline-registry"));
        assertThat(collector.named("alert"))
                .allSatisfy(alert -> assertThat(alert.service()).isEqualTo("plumbline-fleet"));
    }

    /** The span that this one follows over spans of these names, the nearest first. */
    private static Optional<TraceCollector.Span> above(
            TraceCollector collector, TraceCollector.Span span, String... names) {
        var found = Optional.of(span);
        for (var name : names) {
            found = found.flatMap(below -> collector.named(name).stream()
                    .filter(one -> one.id().equals(below.parent()))
                    .findFirst());
        }
        return found;
    }

    private Service start(ServiceKind kind, String name, String folderSetting, String kafka, TraceCollector collector)
            throws Exception {
        var prefix = "plumbline." + name + ".";
        var settings = new HashMap<>(Map.of(
                prefix + "trace-url",
                collector.url(),
                prefix + folderSetting,
                folder.resolve(name).toString(),
                "kafka.bootstrap.servers",
                kafka,
                "plumbline.registry.task-timeout",
                "PT5S"));
        return Service.start(new Installation(ROOT), Service.Program.of(kind, name), folder.resolve("logs"), settings);
    }

    /** What a gateway sends: the statistics of four windows in which inputs leave the calibrated range, each in a trace of its own. */
    private static void send(String kafka) {
        var start = Instant.parse("2026-01-01T00:00:00Z");
        try (var producer = producer(kafka)) {
            for (int window = 0; window < 4; window++) {
                var delta = delta(start.plus(WINDOW.multipliedBy(window)));
                var record = new ProducerRecord<>(Topics.MODEL_STATS, delta.partitionKey(), delta.toBytes());
                record.headers().add("traceparent", traceparent(window));
                var unused = producer.send(record);
            }
            producer.flush();
        }
    }

    private static StatsDelta delta(Instant window) {
        return new StatsDelta(
                new StatsKey(
                        new GatewayId("gw-1"),
                        new SiteId("north"),
                        new StreamId("climate"),
                        MODEL,
                        BUILD,
                        BUILD,
                        window,
                        WINDOW,
                        0),
                240,
                List.of(),
                new Fidelity(
                        List.of(new ClassAgreement("normal", 120, 120)),
                        1.2,
                        List.of(new TensorClipping("window", 120, 55, 3840, 55))),
                List.of(),
                LatencyHistogram.EMPTY);
    }

    private static KafkaProducer<String, byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer());
    }

    private static byte[] traceparent(int window) {
        return ("00-" + trace(window) + "-" + span(window) + "-01").getBytes(StandardCharsets.US_ASCII);
    }

    private static String trace(int window) {
        return "0af7651916cd43dd8448eb211c80319" + (window + 1);
    }

    private static String span(int window) {
        return "b7ad6b716920333" + (window + 1);
    }
}
