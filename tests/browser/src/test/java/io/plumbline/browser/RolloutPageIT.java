package io.plumbline.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Json;
import io.plumbline.support.Cable;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a rollout while evidence comes in, while nobody decides, and while the line to it is broken. What gateways and the processor say is said by the test. */
class RolloutPageIT {

    private static final double PATIENCE_MILLIS = 60_000;
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path DATA =
            Path.of("target", "rollout-page-" + ProcessHandle.current().pid());

    private static final Digest BASELINE = Digest.of(new byte[] {1});
    private static final Digest CANDIDATE = Digest.of(new byte[] {2});
    private static final SiteId NORTH = new SiteId("north");
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-north], devices: [north-1]}
              south: {gateways: [gw-south], devices: [south-1]}
            models:
              climate-event: {build: "%1$s"}
              untold: {build: "%1$s"}
              linked: {build: "%1$s"}
            streams:
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
              silent: {topic: "sites/{site}/motes/{device}/silent", model: untold}
              line: {topic: "sites/{site}/motes/{device}/line", model: linked}
            rollout: {canary: gw-north, maxLoss: 0.02, soak: PT12H, silentAfter: PT12H, deadline: PT24H}
            """.formatted(BASELINE);

    /** The words of a gauge: lost, from, to, allowed, after how many inputs. */
    private static final Pattern WORDS = Pattern.compile(
            "(-?[\\d.]+) points lost, from (-?[\\d.]+) to (-?[\\d.]+); allowed ([\\d.]+); after ([\\d,]+) inputs");

    private static Plant plant;
    private static Chromium browser;
    private static Gallery gallery;
    private static KafkaProducer<String, byte[]> kafka;

    @BeforeAll
    static void start() throws Exception {
        var executable = Chromium.installed();
        Files.createDirectories(PICTURES);
        plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), Map.of("plumbline.fleet.silent-after", "PT2S"));
        plant.awaitReady();
        assertThat(send("PUT", "/api/v1/fleet?author=ada", FLEET)).contains("\"version\":1");
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", plant.brokers().ports().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        beat(BASELINE);
        browser = Chromium.start(executable);
        gallery = new Gallery(browser, plant.fleet(), PICTURES);
    }

    @AfterAll
    static void stop() {
        Gallery.close(browser, kafka, plant);
    }

    @Test
    void theTestStatisticIsShownAgainstItsBoundsAndNarrowsAsEvidenceComesIn() throws Exception {
        // Given
        var id = rollout("climate-event");
        try (var tab = open(gallery)) {
            tab.visit("/rollouts/" + id);
            visible(offer(tab, "Abort"));
            PlaywrightAssertions.assertThat(tab.page().locator(".gauge")).hasCount(0);
            visible(tab.page()
                    .locator("#outlook:has-text('None of the 2 gateways keeps " + BASELINE.shortHex() + "')"));
            look("/rollouts/" + id, "rollout-outlook");
            // When
            beat(CANDIDATE);
            health(BASELINE, 400, 399);
            health(CANDIDATE, 400, 396);
            // Then
            var gauge = tab.page().locator(".gauge[data-key='against the baseline']");
            visible(gauge.locator(".badge:has-text('not decided yet')"));
            var before = numbers(gauge);
            assertThat(before.get(0)).isEqualTo(0.75);
            assertThat(before.get(1)).isLessThan(before.get(0));
            assertThat(before.get(2)).isGreaterThan(before.get(3));
            assertThat(before.get(3)).isEqualTo(2.0);
            assertThat(before.get(4)).isEqualTo(400);
            drawnAsSaid(gauge, before);
            look("/rollouts/" + id, "rollout-gauge");
            // When: the same page, with more evidence
            health(BASELINE, 100_000, 99_900);
            health(CANDIDATE, 100_000, 99_850);
            // Then
            visible(gauge.locator(".badge.good:has-text('no such loss')"));
            var after = numbers(gauge);
            assertThat(after.get(4)).isEqualTo(100_000);
            assertThat(after.get(2)).isLessThan(after.get(3));
            assertThat(after.get(2) - after.get(1)).isLessThan(before.get(2) - before.get(1));
            drawnAsSaid(gauge, after);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void anAbortThatIsLeftChangesNothingAndOneThatTakesBackDoes() throws Exception {
        // Given
        var id = rollout("untold");
        try (var tab = open(gallery)) {
            tab.visit("/rollouts");
            tab.page().locator("tbody a:has-text('untold')").click();
            visible(offer(tab, "Pause"));
            var before = newest(id);
            // When
            offer(tab, "Abort").click();
            visible(tab.page().locator("dialog[open] label:has-text('Back.')"));
            tab.page()
                    .locator("dialog[open] button:has-text('Leave it as it is')")
                    .click();
            // Then
            PlaywrightAssertions.assertThat(tab.page().locator("dialog[open]")).hasCount(0);
            assertThat(newest(id)).isEqualTo(before);
            visible(offer(tab, "Pause"));
            // When: away with the browser's own button, while it is asked
            offer(tab, "Abort").click();
            visible(tab.page().locator("dialog[open]"));
            tab.page().locator("dialog[open] [name=reason]").fill("never said");
            tab.page().goBack();
            // Then
            visible(tab.page().locator("h1:text-is('Rollouts')"));
            visible(tab.page().locator("tbody tr:has-text('untold') .badge:text-is('canary')"));
            assertThat(newest(id)).isEqualTo(before);
            // When
            tab.page().goForward();
            visible(offer(tab, "Abort"));
            PlaywrightAssertions.assertThat(tab.page().locator("dialog[open]")).hasCount(0);
            offer(tab, "Abort").click();
            var dialog = tab.page().locator("dialog[open]");
            assertThat(dialog.locator("input[value=false]").isChecked()).isTrue();
            dialog.locator("[name=by]").fill("ada");
            dialog.locator("[name=reason]").fill("said this time");
            dialog.locator("[type=submit]").click();
            // Then
            visible(tab.page().locator("#outcome:has-text('Abort: done.')"));
            visible(tab.page().locator(".head .badge:text-is('ended')"));
            PlaywrightAssertions.assertThat(tab.page().locator("[data-opens]")).hasCount(0);
            assertThat(newest(id).because()).contains("ada", "said this time");
            assertThat(newest(id).updated()).isEmpty();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aBrokenLineIsSaidUntilItIsMendedAndThenThePageCatchesUp() throws Exception {
        // Given
        var id = rollout("linked");
        try (var cable = Cable.to(plant.fleet());
                var tab = open(new Gallery(browser, cable.url(), PICTURES))) {
            tab.visit("/rollouts/" + id);
            visible(offer(tab, "Pause"));
            var link = tab.page().locator("#link");
            PlaywrightAssertions.assertThat(link).hasText("live");
            // When
            cable.pull();
            // Then
            visible(tab.page().locator("#link[data-state=lost]"));
            PlaywrightAssertions.assertThat(link).containsText("what you see may be old");
            tab.picture(PICTURES.resolve("connection-lost.png"));
            // When: something happens meanwhile, and then the line is there again
            send("POST", "/api/v1/rollouts/" + id + "/pause", "{\"by\":\"bob\"}");
            visible(tab.page().locator("#link[data-state=lost]"));
            cable.putBack();
            // Then
            visible(tab.page().locator("#link[data-state=live]:text-is('live')"));
            PlaywrightAssertions.assertThat(tab.page().locator("#link[data-state=lost]"))
                    .hasCount(0);
            visible(offer(tab, "Resume"));
            visible(tab.page().locator(".head .badge:text-is('paused')"));
        }
    }

    /** The words say where the interval, the estimate and the limit are; the picture has them there, on a scale of four limits to each side. */
    private static void drawnAsSaid(Locator gauge, List<Double> said) {
        var limit = said.get(3);
        var left = share(gauge, ".range", 0);
        var right = share(gauge, ".range", 1);
        assertThat(share(gauge, ".limit", 0)).isCloseTo(place(limit, limit), within(0.01));
        assertThat(share(gauge, ".estimate", 0)).isCloseTo(place(said.get(0), limit), within(0.01));
        assertThat(left).isCloseTo(place(said.get(1), limit), within(0.01));
        assertThat(right).isCloseTo(place(said.get(2), limit), within(0.02));
    }

    private static double place(double loss, double limit) {
        return Math.min(1, Math.max(0, (loss / limit + 4) / 8));
    }

    /** Where the left (0) or the right (1) edge of a part is on the screen, as a share of the whole gauge. */
    private static double share(Locator gauge, String part, int edge) {
        return ((Number) gauge.locator("svg").evaluate("""
                        (whole, [part, edge]) => {
                          const all = whole.getBoundingClientRect();
                          const one = whole.querySelector(part).getBoundingClientRect();
                          return ((edge === 0 ? one.left : one.right) - all.left) / all.width;
                        }
                        """, List.of(part, edge))).doubleValue();
    }

    private static List<Double> numbers(Locator gauge) {
        var matcher = WORDS.matcher(gauge.locator("svg").getAttribute("aria-label"));
        assertThat(matcher.matches()).isTrue();
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(i -> Double.valueOf(matcher.group(i).replace(",", "")))
                .toList();
    }

    /** Its first gateway is told. */
    private static String rollout(String model) throws Exception {
        var asked = "{\"model\":\"%s\",\"build\":\"%s\",\"by\":\"ada\"}".formatted(model, CANDIDATE);
        var started = send("POST", "/api/v1/rollouts", asked);
        return Json.decode(started.getBytes(StandardCharsets.UTF_8), RolloutEvent.class)
                .rollout();
    }

    private static RolloutEvent newest(String rollout) throws Exception {
        var all = Json.decode(
                send("GET", "/api/v1/rollouts/" + rollout, "").getBytes(StandardCharsets.UTF_8), RolloutEvent[].class);
        return all[all.length - 1];
    }

    /** A gateway runs this for the climate, and the baseline for everything else. */
    private static void beat(Digest build) {
        var gateway = new GatewayId("gw-north");
        var running = List.of(
                new GatewayEvent.RunningStream(new StreamId("climate"), new ModelName("climate-event"), build),
                new GatewayEvent.RunningStream(new StreamId("silent"), new ModelName("untold"), BASELINE),
                new GatewayEvent.RunningStream(new StreamId("line"), new ModelName("linked"), BASELINE));
        var beat = new GatewayEvent.Heartbeat(
                gateway, NORTH, Instant.now(), 2, running, new GatewayCounters(500, 500, 3, 2, 7));
        say(Topics.GATEWAY_EVENTS, gateway.value(), Json.encode(beat));
    }

    private static void health(Digest build, long compared, long agreed) {
        var cohort = new Cohort(new ModelName("climate-event"), Digest.of(new byte[] {3}), build, NORTH);
        var to = Instant.now().plus(Duration.ofHours(2));
        var health = new ModelHealth(
                cohort,
                to.minus(Duration.ofMinutes(30)),
                to,
                compared,
                new Fidelity(List.of(new ClassAgreement("normal", compared, agreed)), 1.5, List.of()),
                List.of(),
                LatencyHistogram.EMPTY,
                Verdict.STABLE,
                List.of(),
                Optional.empty());
        say(Topics.MODEL_HEALTH, cohort.key(), Json.encode(health));
    }

    private static void say(String topic, String key, byte[] words) {
        kafka.send(new ProducerRecord<>(topic, key, words));
        kafka.flush();
    }

    private static Locator offer(Tab tab, String label) {
        return tab.page().locator(".offers button:has-text('" + label + "')");
    }

    private static void visible(Locator place) {
        PlaywrightAssertions.assertThat(place.first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void look(String path, String name) {
        var softly = new SoftAssertions();
        gallery.look(softly, path, name);
        softly.assertAll();
    }

    private static String send(String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(plant.fleet().resolve(path))
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static Tab open(Gallery of) {
        var tab = of.open();
        tab.page().setDefaultTimeout(PATIENCE_MILLIS);
        return tab;
    }
}
