package io.plumbline.fleet.adapter.http;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.CANDIDATE;
import static io.plumbline.fleet.testing.Fleets.GW_NORTH;
import static io.plumbline.fleet.testing.Fleets.MODEL;
import static io.plumbline.fleet.testing.Fleets.NORTH;
import static io.plumbline.fleet.testing.Fleets.SOUTH;
import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RecalibrationEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/**
 * Takes pictures of the page with made-up data, for people to look at: run with {@code -Dtest=ConsoleScreenshots} and
 * {@code -Dplumbline.screenshots=FOLDER}; needs a chromium on the path.
 */
@QuarkusTest
@QuarkusTestResource(InMemoryTopics.class)
class ConsoleScreenshots {

    private static final String FOLDER = "plumbline.screenshots";

    @TestHTTPResource("/")
    URI root;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector topics;

    @Inject
    ControlPlane control;

    private long beats;

    @Test
    void looksLikeThis() throws Exception {
        assumeThat(System.getProperty(FOLDER)).as("-D" + FOLDER).isNotNull();
        var folder = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
        take(folder, "empty", 1280, 900, false);
        control.apply(Fleets.yaml(BASELINE), Fleets.spec());
        tellTheStory();
        var life = Executors.newSingleThreadScheduledExecutor();
        life.scheduleAtFixedRate(this::live, 0, 250, TimeUnit.MILLISECONDS);
        try {
            await().untilAsserted(() -> assertThat(control.state().newestRollouts())
                    .anySatisfy(rollout -> assertThat(rollout.stage()).isEqualTo(RolloutStage.CANARY)));
            take(folder, "light", 1280, 1500, false);
            take(folder, "dark", 1280, 1500, true);
            take(folder, "phone", 380, 3200, false);
        } finally {
            life.shutdownNow();
        }
    }

    private void tellTheStory() {
        var stale = new Evidence("clipping", "act0", 0.486, 0.45, 0.523, 0.25, 740, true);
        var event = new Evidence("agreement", "event", 0.275, 0.16, 0.43, 0.75, 40, true);
        for (var site : List.of(NORTH, SOUTH)) {
            var cohort = Fleets.health(BASELINE, site, Fleets.stale(), T0).cohort();
            send(
                    "verdicts",
                    VerdictEvent.of(
                            cohort,
                            T0,
                            Verdict.STABLE,
                            Verdict.INSUFFICIENT,
                            "INT8 follows FP32 on 99.8 % of 212 inputs",
                            List.of()));
            send(
                    "verdicts",
                    VerdictEvent.of(
                            cohort,
                            T0.plusSeconds(900),
                            Verdict.CALIBRATION_STALE,
                            Verdict.STABLE,
                            "48.6 % of the windows leave the calibrated range of 'act0' and INT8 follows FP32 on 27.5 % of 'event'",
                            List.of(stale, event)));
        }
        send(
                "recalibrations",
                new RecalibrationEvent.Refused(
                        "v-0",
                        MODEL,
                        BASELINE,
                        "no candidate follows FP32 better than the running build on 512 holdout windows <script>alert(1)</script>",
                        List.of(score(BASELINE, "static-minmax", Fleets.stale())),
                        T0));
        send(
                "recalibrations",
                new RecalibrationEvent.Accepted(
                        "v-1",
                        MODEL,
                        BASELINE,
                        CANDIDATE,
                        "static-minmax-margin clips 1.4 % instead of 48.6 % and halves the mean difference",
                        List.of(
                                score(BASELINE, "static-minmax", Fleets.stale()),
                                score(CANDIDATE, "static-minmax-margin", Fleets.faithful()),
                                score(Fleets.build("p"), "static-percentile", Fleets.fidelity(700, 700, 40, 34, 120))),
                        T0.plusSeconds(960)));
    }

    private static CandidateScore score(io.plumbline.contract.id.Digest build, String recipe, Fidelity fidelity) {
        return new CandidateScore(
                build,
                recipe,
                740,
                fidelity,
                LatencyHistogram.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void live() {
        beats++;
        for (var assignment : control.state().inForce()) {
            var north = assignment.gateway().equals(GW_NORTH);
            var build = north ? assignment.streams().get(0).build() : BASELINE;
            send(
                    "gateway-events",
                    Fleets.beat(
                            assignment.gateway(),
                            build,
                            north ? assignment.generation() : 1,
                            40 * beats,
                            Instant.now()));
            var candidate = build.equals(CANDIDATE);
            var health = Fleets.health(
                    build,
                    assignment.site(),
                    candidate ? Fleets.fidelity(120, 120, 21, 20, 1) : Fleets.stale(),
                    candidate ? Verdict.INSUFFICIENT : Verdict.CALIBRATION_STALE,
                    T0.plusSeconds(300 * beats));
            send("model-health", candidate ? health : withEvidence(health));
        }
    }

    private static ModelHealth withEvidence(ModelHealth health) {
        return new ModelHealth(
                health.cohort(),
                health.from(),
                health.to(),
                health.readings(),
                health.fidelity(),
                health.labels(),
                health.latency(),
                health.verdict(),
                List.of(
                        new Evidence("clipping", "act0", 0.486, 0.45, 0.523, 0.25, 740, true),
                        new Evidence("agreement", "event", 0.275, 0.16, 0.43, 0.75, 40, true),
                        new Evidence("agreement", "normal", 0.997, 0.99, 0.999, 0.98, 700, false)),
                Optional.empty());
    }

    private void take(Path folder, String name, int width, int height, boolean dark) throws Exception {
        var command = new ArrayList<>(List.of(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--timeout=5000",
                "--window-size=" + width + "," + height,
                "--screenshot=" + folder.resolve(name + ".png")));
        if (dark) {
            command.add("--blink-settings=preferredColorScheme=0");
        }
        command.add(root.toString());
        var browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> !browser.isAlive());
        assertThat(folder.resolve(name + ".png")).exists();
    }

    private void send(String channel, Object message) {
        topics.source(channel).send(Json.encode(message));
    }
}
