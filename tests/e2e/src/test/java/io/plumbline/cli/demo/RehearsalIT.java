package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.client.FleetClient;
import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.proof.Account;
import io.plumbline.cli.topic.TopicReader;
import io.plumbline.client.ClientException;
import io.plumbline.contract.Topics;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.evidence.DeviceState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout of a build that cannot represent a muggy summer, in a muggy summer. */
class RehearsalIT {

    private static final double SPEED = 400;
    /** Of each mote; the events, in which the builds differ, begin after it. */
    private static final int QUIET = 2100;

    /** Some of what the canary's four motes say after that: on a slow machine the rollout begins when much of it has been said. */
    private static final Rehearsal LONG = new Rehearsal(1200, 1, Duration.ofMinutes(2));

    private static final Path DATA =
            Path.of("target", "rehearsal-" + ProcessHandle.current().pid());

    private final Account account = new Account();
    private final Set<Digest> answering = ConcurrentHashMap.newKeySet();
    private Plant plant;
    private Stage stage;
    private ClimateReadings readings;
    private Digest dynamic;

    @BeforeEach
    void start() throws Exception {
        readings = ClimateReadings.bundled();
        plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), DemoSettings.SERVICES);
        stage = new Stage(plant);
        dynamic = stage.open(readings, "dynamic", LONG);
    }

    @AfterEach
    void stop() {
        if (plant != null) {
            plant.close();
        }
    }

    @Test
    void aBuildThatDoesWorseInItsRehearsalNeverAnswersAndTheRolloutGoesBack() throws Exception {
        // Given
        var worse = stage.build("static-minmax");
        var begin = Instant.now().minus(Duration.ofHours(8));
        var stretch = new Schedule(1, SPEED, begin).stretch(Turn.of(2), readings.motes());
        try (var results = TopicReader.fromNow(
                        plant.brokers().ports().bootstrapServers(),
                        List.of(Topics.RESULTS, Topics.DEAD_LETTERS),
                        this::count);
                var labels = new Labels(plant.brokers().ports().bootstrapServers());
                var motes = new MoteFleet(plant.brokers().ports().mqttUrl())) {
            var replay = new Replay(stretch, SPEED, new Replay.Outlets(motes, labels, account)).start();
            await(() -> assertThat(account.totals().readingsSent()).isGreaterThan(8L * QUIET));

            // When
            rollOut(worse);

            // Then
            await(() -> assertThat(devices())
                    .extracting(RolloutClient.Device::state)
                    .containsExactly(DeviceState.SHADOW));
            await(() -> {
                var rollout =
                        new FleetClient(plant.fleet()).overview().rollouts().get(0);
                assertThat(rollout.candidate()).isEqualTo(worse);
                assertThat(rollout.stage()).isEqualTo(RolloutStage.ROLLED_BACK);
                assertThat(rollout.because()).contains("gw-north", "of 1200 inputs it agreed with FP32 on ");
            });
            await(() -> assertThat(replay.hasEnded()).isTrue());
            await(() -> assertThat(account.outstanding()).isZero());
            assertThat(replay.problem()).isEmpty();
            assertThat(account.totals().duplicates()).isZero();
            assertThat(answering).containsExactly(dynamic);
        }
    }

    private void count(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            account.deadLetter(record.value());
            return;
        }
        var result = InferenceResult.from(record.value());
        answering.add(result.build());
        account.result(result.event());
    }

    /** The gateways that were told. */
    private List<RolloutClient.Device> devices() throws ClientException {
        var rollouts = new RolloutClient(plant.fleet(), Optional.empty());
        return rollouts.devices(rollouts.list().get(0).rollout());
    }

    private void rollOut(Digest build) throws Exception {
        var request = HttpRequest.newBuilder(plant.fleet().resolve("/api/v1/rollouts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        Json.encode(Map.of("model", Stage.MODEL.value(), "build", build.value()))))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(120)).untilAsserted(assertion);
    }
}
