package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.plumbline.fleet.testing.MutableClock;
import io.plumbline.fleet.testing.PollingGateway;
import io.plumbline.support.Cable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eight gateways that poll over HTTP, of which every second one hangs on a cable that is pulled for an hour of simulated time. */
@QuarkusTest
@TestProfile(NetworkCutServiceTest.Simulated.class)
@QuarkusTestResource(InMemoryTopics.class)
class NetworkCutServiceTest {

    private static final int HOUR = 60;
    private static final int LONGEST = 12 * HOUR;
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-north-0, gw-north-1, gw-north-2, gw-north-3]}
              south: {gateways: [gw-south-0, gw-south-1, gw-south-2, gw-south-3]}
            models:
              climate-event: {build: "%s"}
            streams:
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
            rollout: {waves: [%s], soak: %s, minCompared: 200, silentAfter: PT3M, deadline: PT10M}
            """;

    /** Time moves when the test says so. */
    public static final class Simulated implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Time.class);
        }
    }

    /** In place of the machine's. */
    @Alternative
    @Singleton
    public static final class Time {

        @Produces
        @Singleton
        MutableClock clock() {
            return new MutableClock(T0);
        }
    }

    @TestHTTPResource("/")
    URI root;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector topics;

    @Inject
    MutableClock clock;

    @Inject
    ControlPlane control;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<PollingGateway> direct = new ArrayList<>();
    private final List<PollingGateway> onCable = new ArrayList<>();
    private final Set<GatewayId> told = new HashSet<>();
    private Cable cable;
    private Fidelity ofCandidate = Fleets.faithful();

    @BeforeEach
    void connect() throws Exception {
        cable = Cable.to(root);
        for (var site : List.of("gw-north-", "gw-south-")) {
            IntStream.range(0, 4).forEach(number -> {
                var id = new GatewayId(site + number);
                if (number % 2 == 0) {
                    direct.add(new PollingGateway(id, root));
                } else {
                    onCable.add(new PollingGateway(id, cable.url()));
                }
            });
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        cable.close();
    }

    @Test
    void whoIsCutOffCountsForNothingAndComesAfterWhenTheNetworkIsBack() throws Exception {
        // Given
        var id = rolledOut("50, 100", "PT30M");
        minute();
        assertThat(told).as("half of each site").hasSize(4);
        var before = Set.copyOf(told);

        // When
        cable.pull();
        for (int minute = 0; minute < HOUR; minute++) {
            minute();
        }

        // Then
        assertThat(newest(id).stage()).as(newest(id).because()).isEqualTo(RolloutStage.PAUSED);
        assertThat(newest(id).because()).contains("silent");
        assertThat(told).as("nobody more was told").isEqualTo(before);
        for (var gateway : onCable) {
            assertThat(device(id, gateway)).isEqualTo(before.contains(gateway.id()) ? "SILENT" : "");
        }

        // When
        cable.putBack();
        minute();
        post("api/v1/rollouts/" + id + "/resume");
        until(id, RolloutStage.COMPLETED);
        minute();

        // Then
        assertThat(all()).extracting(PollingGateway::runs).containsOnly(CANDIDATE);
        assertThat(all()).extracting(PollingGateway::ran).allMatch(ran -> ran.equals(List.of(BASELINE, CANDIDATE)));
    }

    @Test
    void whoIsCutOffWhileTheOthersAreTakenBackGetsTheBaselineWithItsFirstAnswer() throws Exception {
        // Given
        ofCandidate = Fleets.stale();
        var id = rolledOut("100", "PT1M");
        var late = onCable.get(0);
        all().stream().filter(gateway -> gateway != late).forEach(NetworkCutServiceTest::polls);
        var held = onCable.get(1).holdOn("PT5M");

        // When: one is cut off before it asks again, the others of the cable run the candidate
        cable.pull();
        assertThatThrownBy(held::join).isNotNull();
        for (int minute = 0; minute < HOUR; minute++) {
            minute();
        }

        // Then
        assertThat(newest(id).stage()).as(newest(id).because()).isEqualTo(RolloutStage.ROLLED_BACK);
        assertThat(newest(id).because()).contains("silent ones will when they are back");
        assertThat(direct).extracting(PollingGateway::ran).containsOnly(List.of(BASELINE, CANDIDATE, BASELINE));
        assertThat(onCable)
                .filteredOn(gateway -> gateway != late)
                .extracting(PollingGateway::runs)
                .as("who heard nothing goes on")
                .containsOnly(CANDIDATE);

        // When
        cable.putBack();
        var first = late.holdOn("PT5M").join();

        // Then
        late.take(first);
        onCable.stream().filter(gateway -> gateway != late).forEach(NetworkCutServiceTest::polls);
        assertThat(late.ran()).as("never the candidate").containsOnly(BASELINE);
        assertThat(onCable).extracting(PollingGateway::runs).containsOnly(BASELINE);
        minute();
        assertThat(newest(id).stage()).isEqualTo(RolloutStage.ROLLED_BACK);
    }

    /** Everybody runs the baseline, and the first wave is told. */
    private String rolledOut(String waves, String soak) throws Exception {
        var file = FLEET.formatted(BASELINE, waves, soak);
        // a model that nobody has rolled out yet
        apply(file.replace("climate-event", "other"));
        apply(file);
        minute();
        var started = post("api/v1/rollouts", "{\"model\":\"climate-event\",\"build\":\"" + CANDIDATE + "\"}");
        control.look();
        return Json.decode(started.getBytes(StandardCharsets.UTF_8), RolloutEvent.class)
                .rollout();
    }

    private void apply(String file) throws Exception {
        var applied = http.send(
                HttpRequest.newBuilder(root.resolve("api/v1/fleet"))
                        .PUT(HttpRequest.BodyPublishers.ofString(file))
                        .build(),
                BodyHandlers.ofString());
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }

    private void until(String id, RolloutStage stage) throws Exception {
        for (int minute = 0; minute < LONGEST && newest(id).stage() != stage; minute++) {
            minute();
        }
        assertThat(newest(id).stage()).as(newest(id).because()).isEqualTo(stage);
    }

    private List<PollingGateway> all() {
        var all = new ArrayList<>(direct);
        all.addAll(onCable);
        return all;
    }

    /** Everybody asks; who is answered is heard on the topics too, and what it runs is measured. */
    private void minute() throws Exception {
        clock.advance(Duration.ofMinutes(1));
        for (var gateway : all()) {
            if (gateway.poll()) {
                send("gateway-events", gateway.beat(clock.instant()));
                send(
                        "model-health",
                        Fleets.health(
                                gateway.runs(), Fleets.site(gateway.id()), fidelity(gateway.runs()), clock.instant()));
            }
        }
        control.look();
        control.state().assigned().forEach((gateway, assignment) -> {
            if (assignment.streams().get(0).build().equals(CANDIDATE)) {
                told.add(gateway);
            }
        });
    }

    private Fidelity fidelity(Digest build) {
        return build.equals(CANDIDATE) ? ofCandidate : Fleets.faithful();
    }

    private static void polls(PollingGateway gateway) {
        try {
            assertThat(gateway.poll()).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private RolloutEvent newest(String id) throws Exception {
        var steps = Json.decode(get("api/v1/rollouts/" + id), RolloutEvent[].class);
        return List.of(steps).stream()
                .max(Comparator.comparing(RolloutEvent::revision))
                .orElseThrow();
    }

    /** Where a told gateway is; empty of one that was not told. */
    private String device(String id, PollingGateway gateway) throws Exception {
        for (var device : Json.mapper().readTree(get("api/v1/rollouts/" + id + "/devices"))) {
            if (device.path("gateway").asText().equals(gateway.id().value())) {
                return device.path("state").asText();
            }
        }
        return "";
    }

    private void send(String channel, Object message) {
        topics.source(channel).send(Json.encode(message));
    }

    private byte[] get(String path) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String post(String path) throws Exception {
        return post(path, "{}");
    }

    private String post(String path, String body) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(root.resolve(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.body();
    }
}
