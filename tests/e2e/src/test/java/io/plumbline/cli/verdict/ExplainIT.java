package io.plumbline.cli.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.label.LabelCommand;
import io.plumbline.cli.launch.Brokers;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Service;
import io.plumbline.cli.launch.ServiceKind;
import io.plumbline.cli.topic.MergedLog;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The packaged processor over a real Kafka, and the command line over what both left there. */
class ExplainIT {

    private static final ModelName MODEL = new ModelName("climate-event");
    private static final SiteId SITE = new SiteId("north");
    private static final GatewayId GATEWAY = new GatewayId("gw-north");
    private static final StreamId STREAM = new StreamId("climate");
    private static final DeviceId DEVICE = new DeviceId("north-1");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String CARD = """
            model: climate-event
            task: classification
            input:
              tensor: window
              window: 16
              interval: PT5S
              features:
                - {name: humidity, unit: "%RH", min: 0, max: 100}
            output:
              tensor: probabilities
              labels: [normal, event]
            recipes: [dynamic]
            """;
    private static final ReferenceProfile PROFILE = new ReferenceProfile(List.of(
            new ReferenceProfile.Feature("humidity", List.of(20.0, 40.0, 60.0), new Counts(100, 400, 400, 100))));

    @TempDir
    private Path folder = Path.of("");

    private Digest build = Digest.of(new byte[0]);
    private String kafka = "";
    private String registry = "";

    private record Answer(int exit, String out, String err) {}

    @Test
    void whatTheProcessorSaidIsExplainedComparedAndFoundTamperedWith() throws Exception {
        var installation = Installation.here();
        var brokers = Brokers.start(installation, folder);
        try (var fake = FakeRegistry.start()) {
            build = fake.publish(CARD, PROFILE);
            kafka = brokers.ports().bootstrapServers();
            registry = fake.url();
            var processor = Service.start(
                    installation,
                    Service.Program.of(ServiceKind.PROCESSOR, "processor"),
                    folder.resolve("logs"),
                    Map.of(
                            "kafka.bootstrap.servers", kafka,
                            "plumbline.processor.registry-url", registry,
                            "plumbline.processor.state-dir",
                                    folder.resolve("state").toString()));
            try {
                processor.awaitReady();
                var stale = provoke();
                everyVerdictMatches();
                lateStatisticsAreToldBesideIt(stale);
                theSamePolicyFiresTheSame();
                anotherPolicyFiresOtherwise();
                aBrokenPolicyIsRefusedInOneLine();
                aTamperedRecordIsFound(stale);
                labelsThatLeftTheLogAreSaid();
                aDeletedLogIsSaid(stale);
            } finally {
                processor.process().stop(Duration.ofSeconds(10));
            }
        } finally {
            brokers.process().stop(Duration.ofSeconds(10));
        }
    }

    /** A quiet half hour, labels for some of it, then readings that the calibration never saw. */
    private VerdictEvent provoke() throws IOException {
        try (var producer = producer()) {
            for (int second = 0; second < 30; second++) {
                send(producer, Topics.RESULTS, DEVICE.value(), result(second).toBytes());
            }
            label();
            var sequence = new int[1];
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                send(producer, delta(0, sequence[0]++, false));
                assertThat(isProfileKnown()).isTrue();
            });
            for (int window = 1; window < 24; window++) {
                send(producer, delta(window, 0, window >= 12));
            }
        }
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> verdicts().stream()
                                .filter(event -> event.verdict() == Verdict.CALIBRATION_STALE)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void label() throws IOException {
        var lines = IntStream.range(0, 30).mapToObj(second -> result(second).event() + ",event");
        var file = Files.writeString(
                folder.resolve("labels.csv"),
                Stream.concat(Stream.of("event,label"), lines).collect(Collectors.joining("\n")));
        var checked = run("label", file.toString(), "--dry-run");
        assertThat(checked.out())
                .isEqualToIgnoringNewLines(
                        "30 labels of 1 device, 2026-01-01T00:00:00Z to 2026-01-01T00:00:29Z: nothing was sent");
        var said = run("label", file.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("are on plumbline.labels.v1");
    }

    private boolean isProfileKnown() throws Exception {
        var known = new boolean[1];
        try (var log = MergedLog.open(kafka, List.of(Topics.MODEL_HEALTH))) {
            log.read(record -> known[0] |=
                    new String(record.value(), StandardCharsets.UTF_8).contains("\"subject\":\"humidity\""));
        }
        return known[0];
    }

    private void everyVerdictMatches() throws Exception {
        assertThat(verdicts()).hasSizeGreaterThanOrEqualTo(2);
        for (var event : verdicts()) {
            var said = run("explain", event.id());
            assertThat(said.err()).isEmpty();
            assertThat(said.out()).contains("MATCH  judged again from the log");
            assertThat(said.exit()).isZero();
            assertThat(run("explain", event.id().substring(0, 8), "--json").out())
                    .contains("\"conclusion\" : \"MATCH\"");
        }
        assertThat(run("drift", "other-model").out().lines()).containsExactly("no verdict changed");
    }

    private void lateStatisticsAreToldBesideIt(VerdictEvent stale) {
        try (var producer = producer()) {
            send(producer, delta(12, 9, true));
        }
        assertThat(run("explain", stale.id()).out())
                .contains("MATCH  judged again from the log")
                .contains("Late statistics: 1 delta of these windows came after the vote; it is the same with them.");
    }

    private void theSamePolicyFiresTheSame() throws Exception {
        var said = run("drift", "--what-if", policy("clip-floor: 0.25"), "--last", "14d");
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("what is in force already");
        var json = Json.mapper()
                .readTree(run("drift", "--what-if", policy("clip-floor: 0.25"), "--json")
                        .out());
        assertThat(json.path("inBoth").asInt()).isPositive();
        assertThat(json.path("onlyNow").asInt() + json.path("onlyProposed").asInt())
                .isZero();
        assertThat(json.path("requestsProposed").asInt())
                .isEqualTo(json.path("requestsNow").asInt())
                .isPositive();
    }

    private void anotherPolicyFiresOtherwise() throws Exception {
        var said = run("drift", "climate-event", "--what-if", policy("clip-floor: 0.02\nagreement-floor: 0.99\n"));
        assertThat(said.out()).contains("clip-floor 0.02 (in force: 0.25)");
        var json = Json.mapper()
                .readTree(run("drift", "--what-if", policy("clip-floor: 0.9\nagreement-floor: 0.1\n"), "--json")
                        .out());
        assertThat(json.path("onlyNow").asInt()).isPositive();
        assertThat(json.path("requestsProposed").asInt()).isZero();
    }

    private void aBrokenPolicyIsRefusedInOneLine() throws Exception {
        var file = policy("clip-floor: 2");
        assertThat(run("drift", "--what-if", file).err())
                .isEqualToIgnoringNewLines(file + ": clip-floor is '2'; it must be a number from 0 to 1");
    }

    private void aTamperedRecordIsFound(VerdictEvent stale) throws Exception {
        var horizon = stale.horizon().orElseThrow();
        var forged = stale.resting(
                new VerdictEvent.Horizon(
                        horizon.from(), horizon.to(), horizon.readings(), horizon.compared() - 7, horizon.labelled()),
                stale.carriers().orElseThrow());
        try (var producer = producer()) {
            send(producer, Topics.VERDICTS, stale.cohort().key(), Json.encode(forged));
        }
        var said = run("explain", stale.id());
        assertThat(said.out()).contains("MISMATCH").contains("the inputs compared with FP32");
        assertThat(said.exit()).isEqualTo(3);
        try (var producer = producer()) {
            send(producer, Topics.VERDICTS, stale.cohort().key(), Json.encode(stale));
        }
    }

    private void labelsThatLeftTheLogAreSaid() throws Exception {
        var labelled = verdicts().stream()
                .filter(event -> event.horizon().orElseThrow().labelled() > 0)
                .findFirst()
                .orElseThrow();
        delete(Topics.LABELS);
        var said = run("explain", labelled.id());
        assertThat(said.out())
                .contains("INCOMPLETE")
                .contains("missing: labels: of 30 labelled answers the log still has 0");
        assertThat(said.exit()).isEqualTo(4);
    }

    private void delete(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < 4; partition++) {
                all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private void aDeletedLogIsSaid(VerdictEvent stale) throws Exception {
        delete(Topics.MODEL_STATS);
        var said = run("explain", stale.id());
        assertThat(said.out()).contains("INCOMPLETE").contains("missing: statistics: of ");
        assertThat(said.exit()).isEqualTo(4);
    }

    private String policy(String yaml) throws Exception {
        return Files.writeString(folder.resolve("policy.yaml"), yaml).toString();
    }

    private List<VerdictEvent> verdicts() throws Exception {
        return Said.read(kafka, new PrintWriter(Writer.nullWriter())).verdicts();
    }

    private Answer run(String command, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = new ArrayList<>(List.of("--kafka", kafka));
        if (!command.equals("label")) {
            all.addAll(List.of("--registry", registry));
        }
        all.addAll(List.of(words));
        var exit = new CommandLine(
                        switch (command) {
                            case "label" -> new LabelCommand();
                            case "explain" -> new ExplainCommand();
                            default -> new DriftCommand();
                        })
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    err.append(e.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
        return new Answer(exit, out.toString(), err.toString());
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<String, byte[]> producer, StatsDelta delta) {
        send(producer, Topics.MODEL_STATS, delta.partitionKey(), delta.toBytes());
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, String key, byte[] value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    private InferenceResult result(int second) {
        var at = START.plusSeconds(second);
        return new InferenceResult(
                EventId.ofSequence(DEVICE, STREAM, at, second),
                DEVICE,
                SITE,
                GATEWAY,
                STREAM,
                MODEL,
                build,
                build,
                at,
                Optional.of(new Prediction("event", 0.9)),
                1_000,
                Optional.empty());
    }

    private StatsDelta delta(int window, long sequence, boolean outdoors) {
        var start = START.plus(WINDOW.multipliedBy(window));
        var key = new StatsKey(GATEWAY, SITE, STREAM, MODEL, build, build, start, WINDOW, sequence);
        var event = new ClassAgreement("event", 20, outdoors ? 9 : 20);
        var clipped = outdoors ? 66 : 3;
        var fidelity = new Fidelity(
                List.of(new ClassAgreement("normal", 100, 100), event),
                1,
                List.of(new TensorClipping("window", 120, clipped, 3840, 2 * clipped)));
        var humidity = outdoors ? new Counts(10, 100, 250, 880) : new Counts(100, 400, 400, 100);
        return new StatsDelta(
                key,
                240,
                List.of(),
                fidelity,
                List.of(new FeatureSketch("humidity", humidity, 0, 1, 1)),
                LatencyHistogram.EMPTY);
    }
}
