package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.proof.Account;
import io.plumbline.cli.proof.Harness;
import io.plumbline.cli.topic.Copies;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.contract.Topics;
import io.plumbline.contract.artifact.MediaTypes;
import io.plumbline.contract.artifact.RecalibrationView;
import io.plumbline.contract.fleet.FleetOverview;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.DeadLetter;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged services as processes, against a real Kafka and a real MQTT broker. */
class ClosedLoopIT {

    private static final double SPEED = 160;

    /** Stays after the tests: when one fails, the logs in it say why. */
    private static final Path DATA =
            Path.of("target", "closed-loop-" + ProcessHandle.current().pid());

    private static Plant plant;
    private static Stage stage;
    private static ClimateReadings readings;

    private final Account account = new Account();
    private final LoopWatch watch = new LoopWatch();
    private final Set<DeadLetterReason> reasons = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() throws Exception {
        readings = ClimateReadings.bundled();
        plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), DemoSettings.SERVICES);
        stage = new Stage(plant);
        stage.open(readings);
    }

    @AfterAll
    static void stop() {
        if (plant != null) {
            plant.close();
        }
    }

    @Test
    void theLoopClosesAndAKilledGatewayLosesAndRepeatsNothing() throws Exception {
        // Given
        var kafka = plant.brokers().ports().bootstrapServers();
        var stale = running();
        var schedule = new Schedule(1, SPEED, Instant.now().minus(Duration.ofHours(8)));
        var stretch = schedule.stretch(Turn.of(1), readings.motes());
        try (var results = TopicReader.fromNow(
                        kafka, List.of(Topics.RESULTS, Topics.DEAD_LETTERS), new Copies(this::count));
                var control = TopicReader.fromNow(kafka, LoopWatch.TOPICS, watch::hear);
                var labels = new Labels(kafka);
                var motes = new MoteFleet(plant.brokers().ports().mqttUrl())) {
            var run = new TurnRun(Turn.of(1), stretch, stale, System.currentTimeMillis(), watch);

            // When
            var replay = new Replay(stretch, SPEED, new Replay.Outlets(motes, labels, account)).start();
            await(60, () -> assertThat(run.stale()).isPresent());
            plant.killGateway(Stage.SOUTH);
            plant.restartGateway(Stage.SOUTH);
            await(
                    120,
                    () -> assertThat(run.live())
                            .as(() -> "rollout COMPLETED; " + run.headline(1) + "; "
                                    + watch.newestRollout(stale).map(RolloutEvent::because))
                            .isPresent());
            await(120, () -> assertThat(replay.hasEnded()).isTrue());
            await(60, () -> assertThat(account.outstanding()).isZero());
            await(120, () -> assertThat(run.isSettled()).isTrue());

            // Then
            assertThat(replay.problem()).isEmpty();
            var totals = account.totals();
            assertThat(totals.lost()).isZero();
            assertThat(totals.duplicates()).isZero();
            assertThat(totals.readingsSent()).isEqualTo(totals.results() + totals.deadLetters());
            assertThat(reasons)
                    .containsAll(EnumSet.of(
                            DeadLetterReason.MALFORMED,
                            DeadLetterReason.WRONG_SHAPE,
                            DeadLetterReason.OUT_OF_RANGE,
                            DeadLetterReason.UNKNOWN_DEVICE));
            var report = run.report(new Harness(stage.registry(), Stage.MODEL), account, running());
            assertThat(report.problem()).isEmpty();
            assertThat(report.fidelityBefore()).isLessThan(0.5);
            // 0.79 to 0.97: how long the killed gateway is waited for decides which hour the build is calibrated on.
            assertThat(report.fidelityAfter()).isGreaterThan(0.7);
            await(60, () -> assertThat(history(stale)).anyMatch(line -> line.startsWith("its rollout: COMPLETED")));
            theLoopIsCounted();
        }
    }

    /** What comes with its first event has come. */
    private void theLoopIsCounted() throws Exception {
        assertThat(ServedMetrics.served(plant.gateway(Stage.NORTH).url()))
                .containsKey("plumbline_device_clock_skew_seconds");
        assertThat(ServedMetrics.served(plant.fleet()))
                .containsKeys("plumbline_fleet_alerts_changed_total", "plumbline_fleet_letters_tried_total");
        everyServiceServesTheMetricsOfTheTableAndNoOthers();
    }

    @Test
    void everyServiceServesTheMetricsOfTheTableAndNoOthers() throws Exception {
        // Given
        running();
        plant.awaitReady();
        // Then
        ServedMetrics.areThoseOfTheTable("gateway", plant.gateway(Stage.NORTH).url());
        ServedMetrics.areThoseOfTheTable("gateway", plant.gateway(Stage.SOUTH).url());
        ServedMetrics.areThoseOfTheTable("processor", plant.processor());
        ServedMetrics.areThoseOfTheTable("fleet", plant.fleet());
        ServedMetrics.areThoseOfTheTable("registry", plant.registry());
    }

    @Test
    void anUnsignedBuildIsRefusedAndTheOldOneKeepsRunning() throws Exception {
        // Given
        var old = running();
        var unsigned = pushUnsignedCopy(old);

        // When
        post(
                plant.fleet().resolve("/api/v1/rollouts"),
                Map.of("model", Stage.MODEL.value(), "build", unsigned.value()));

        // Then
        await(90, () -> {
            var rollout = overview().rollouts().get(0);
            assertThat(rollout.candidate()).isEqualTo(unsigned);
            assertThat(rollout.stage()).isEqualTo(RolloutStage.ROLLED_BACK);
        });
        assertThat(running()).isEqualTo(old);
    }

    /** What the registry tells of the recalibration whose rollout replaced this build. */
    private List<String> history(Digest stale) throws IOException, InterruptedException {
        var recalibration =
                watch.newestRollout(stale).flatMap(RolloutEvent::recalibration).orElseThrow();
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(plant.registry().resolve("/api/v1/recalibrations/" + recalibration))
                                .build(),
                        BodyHandlers.ofByteArray());
        return Json.decode(answer.body(), RecalibrationView.class).history().stream()
                .map(RecalibrationView.Line::what)
                .toList();
    }

    private void count(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.RESULTS)) {
            account.result(InferenceResult.from(record.value()).event());
            return;
        }
        account.deadLetter(record.value());
        var headers = new HashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        reasons.add(DeadLetter.from(headers).reason());
    }

    /** The build that both gateways run, by their own word. */
    private static Digest running() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(overview().gateways())
                        .hasSize(2)
                        .allSatisfy(gateway -> assertThat(gateway.running()).hasSize(1)));
        var builds = overview().gateways().stream()
                .map(gateway -> gateway.running().get(0).build())
                .distinct()
                .toList();
        assertThat(builds).hasSize(1);
        return builds.get(0);
    }

    private static FleetOverview overview() {
        try {
            return new FleetClient(plant.fleet()).overview();
        } catch (io.plumbline.client.ClientException e) {
            throw new AssertionError(e);
        }
    }

    /** The same layers under a new manifest, which nobody has signed. */
    private static Digest pushUnsignedCopy(Digest build) throws IOException, InterruptedException {
        var base = plant.registry().resolve("/v2/" + MediaTypes.repository(Stage.MODEL) + "/manifests/");
        var http = HttpClient.newHttpClient();
        var original = http.send(
                HttpRequest.newBuilder(URI.create(base + build.value())).build(), BodyHandlers.ofByteArray());
        var copy = (ObjectNode) Json.decode(original.body(), JsonNode.class);
        copy.putObject("annotations").put("io.plumbline.note", "a copy");
        var bytes = Json.encode(copy);
        var digest = Digest.of(bytes);
        var put = HttpRequest.newBuilder(URI.create(base + digest.value()))
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(http.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
        return digest;
    }

    private static void post(URI uri, Map<String, String> body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.encode(body)))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    }

    private static void await(int seconds, org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(seconds)).untilAsserted(assertion);
    }
}
