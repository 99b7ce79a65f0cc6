package io.plumbline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person may do from the console, done in a browser to a control plane that asks for tokens. Its gateways are silent, so that nothing moves by itself. */
class SteeringIT {

    private static final String TOKEN = "token of ada";
    private static final double PATIENCE_MILLIS = 120_000;
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path DATA =
            Path.of("target", "steering-" + ProcessHandle.current().pid());

    private static final String BASELINE = "sha256:" + "b".repeat(64);
    private static final String CANDIDATE = "sha256:" + "c".repeat(64);
    private static final String FLEET = """
            sites:
              north: {gateways: [gw-north], devices: [north-1]}
              south: {gateways: [gw-south], devices: [south-1]}
            models:
              climate-event: {build: "%1$s"}
              detector: {build: "%1$s"}
            streams:
              cameras: {topic: "sites/{site}/cameras/{device}/frame", model: detector, glimpses: {}}
              climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event, shadowShare: 0.5, statsWindow: PT5M}
            rollout: {canary: gw-north, waves: [50, 100], approveBefore: [50], deadline: PT1H}
            """.formatted(BASELINE);

    private static Plant plant;
    private static Chromium browser;
    private static Gallery gallery;

    @BeforeAll
    static void start() throws Exception {
        var executable = Chromium.installed();
        Files.createDirectories(PICTURES);
        var tokens = Files.writeString(Files.createDirectories(DATA).resolve("tokens"), TOKEN + "\n");
        plant = Plant.start(
                Installation.here(),
                DATA.toAbsolutePath(),
                Map.of(
                        "plumbline.fleet.operator-tokens",
                        tokens.toAbsolutePath().toString(),
                        "plumbline.fleet.silent-after",
                        "PT5S"));
        plant.awaitReady();
        assertThat(send("PUT", "/api/v1/fleet?author=ada&reason=first%20%3Cb%3Efile%3C/b%3E", FLEET))
                .contains("\"version\":1");
        browser = Chromium.start(executable);
        gallery = new Gallery(browser, plant.fleet(), PICTURES);
    }

    @AfterAll
    static void stop() {
        Gallery.close(browser, plant);
    }

    @Test
    void aRolloutIsApprovedHeldResumedAndEndedFromItsPage() throws Exception {
        // Given
        send(
                "POST",
                "/api/v1/rollouts",
                "{\"model\":\"climate-event\",\"build\":\"" + CANDIDATE + "\",\"by\":\"ada\"}");
        try (var tab = open()) {
            tab.visit("/rollouts");
            tab.page().locator("tbody a").first().click();
            visible(tab.page().locator("h1:has-text('Rollout of climate-event')"));
            var path = tab.page().url().replaceFirst("^https?://[^/]+", "");
            visible(offer(tab, "Approve"));
            look(path, "rollout-asks");

            // When: somebody without a token
            offer(tab, "Approve").click();
            visible(tab.page().locator("dialog[open]:has-text('1 gateway is told to run cccccccccccc')"));
            answer(tab, "a stranger");
            // Then
            visible(tab.page().locator("dialog[open] .refusal:has-text('Refused: who changes the fleet must show')"));
            assertThat(tab.complaints()).isNotEmpty().allMatch(said -> said.contains("401"));
            tab.picture(PICTURES.resolve("rollout-refused.png"));
            assertThat(tab.barriers()).isEmpty();

            // When: with the token, the same tab from now on knows it
            answer(tab, TOKEN);
            // Then
            visible(tab.page().locator("#outcome:has-text('Approve: done.')"));
            visible(offer(tab, "Pause"));
            visible(tab.page().locator("tbody tr:has-text('gw-north') .badge"));
            assertThat(tab.page().url()).doesNotContain("token");
            look(path, "rollout-wave");

            // When
            offer(tab, "Pause").click();
            visible(tab.page().locator("dialog[open]:has-text('Nobody more is told. 1 gateway keeps cccccccccccc')"));
            again(tab);
            // Then
            visible(tab.page().locator(".events li:has-text('ada: held, because the test says so')"));
            // When: the question is asked, and somebody else resumes and holds it in between
            offer(tab, "Resume").click();
            var rollout = "/api/v1" + path;
            send("POST", rollout + "/resume", "{\"by\":\"bob\"}");
            send("POST", rollout + "/pause", "{\"by\":\"bob\"}");
            again(tab);
            // Then: what was confirmed is not what it is now
            visible(tab.page().locator("dialog[open] .refusal:has-text('the rollout went on in between')"));
            visible(tab.page().locator("dialog[open] .refusal:has-text('by now it is paused, at step')"));
            assertThat(tab.page().locator("dialog[open] [type=submit]").isDisabled())
                    .isTrue();
            tab.picture(PICTURES.resolve("rollout-went-on.png"));
            tab.page().keyboard().press("Escape");
            visible(tab.page().locator(".events li:has-text('bob: held')"));
            // When: looked at again, it may be asked again
            offer(tab, "Resume").click();
            again(tab);
            visible(offer(tab, "Pause"));
            // When
            offer(tab, "Abort").click();
            visible(tab.page().locator("dialog[open]:has-text('1 gateway is told to go back to bbbbbbbbbbbb')"));
            tab.picture(PICTURES.resolve("rollout-abort.png"));
            assertThat(tab.barriers()).isEmpty();
            tab.page().keyboard().press("Escape");
            PlaywrightAssertions.assertThat(tab.page().locator("dialog[open]")).hasCount(0);
            offer(tab, "Abort").click();
            tab.page().locator("dialog[open] label:has-text('Keep.')").click();
            again(tab);
            // Then
            visible(tab.page().locator(".events li:has-text('ada: ended, to be kept, because the test says so')"));
            PlaywrightAssertions.assertThat(tab.page().locator("[data-opens]")).hasCount(0);
            look(path, "rollout-over");
        }
        look("/rollouts", "rollouts");
        try (var tab = open()) {
            tab.visit("/audit");
            visible(tab.page().locator("tbody tr:has-text('rollout approved'):has-text('because the test says so')"));
        }
    }

    @Test
    void anAlertIsLookedAfterAndHeldBackAndToldAgain() {
        try (var tab = open()) {
            // Given: no gateway was ever started
            tab.visit("/alerts");
            var alert = tab.page().locator(".events li:has-text('gateway silent at south on gw-south')");
            visible(alert);
            assertThat(alert.locator("a").first().getAttribute("href")).isEqualTo("/?gateway=gw-south#gateways-title");
            // When
            alert.locator("button:has-text('Look after it')").click();
            var dialog = tab.page().locator("dialog[open]");
            visible(tab.page().locator("dialog[open]:has-text('changes nothing on any gateway')"));
            dialog.locator("[name=by]").fill("ada");
            dialog.locator("[name=note]").fill("on <i>my</i> way");
            dialog.locator("[name=token]").fill(TOKEN);
            dialog.locator("[type=submit]").click();
            // Then
            visible(tab.page().locator(".events li:has-text('ada looks after it: on <i>my</i> way')"));
            // When
            alert.locator("button:has-text('Hold back')").click();
            visible(tab.page().locator("dialog[open]:has-text('1 open alert is like this now')"));
            tab.picture(PICTURES.resolve("alert-hold-back.png"));
            assertThat(tab.barriers()).isEmpty();
            again(tab);
            // Then
            var silence = tab.page()
                    .locator(
                            "tbody tr:has-text('critical gateway silent'), tbody tr:has-text('gateway silent at south')");
            visible(silence);
            visible(tab.page().locator(".events li:has-text('nobody is told')"));
            look("/alerts", "alerts");
            // When
            silence.locator("button").click();
            PlaywrightAssertions.assertThat(tab.page().locator("dialog[open] [name=by]"))
                    .hasValue("ada");
            tab.picture(PICTURES.resolve("silence-end.png"));
            tab.page().locator("dialog[open] [type=submit]").click();
            // Then
            visible(tab.page().locator("p.empty:has-text('No alert is held back.')"));
            assertThat(tab.complaints()).isEmpty();
        }
        look("/audit", "audit");
        look("/recalibrations", "recalibrations-none");
        try (var tab = open()) {
            tab.visit("/audit");
            visible(tab.page().locator("tbody tr:has-text('file applied'):has-text('first <b>file</b>')"));
            visible(tab.page().locator("tbody tr:has-text('alert looked after'):has-text('on <i>my</i> way')"));
            visible(tab.page().locator("tbody tr:has-text('alerts held back'):has-text('because the test says so')"));
            visible(tab.page().locator("tbody tr:has-text('alerts told again'):has-text('ada')"));
        }
    }

    @Test
    void aQuestionThatIsOpenStaysOpenAndSaysWhenItCanNoLongerBeAsked() throws Exception {
        // Given
        var started = send(
                "POST", "/api/v1/rollouts", "{\"model\":\"detector\",\"build\":\"" + CANDIDATE + "\",\"by\":\"ada\"}");
        var id = started.replaceFirst("(?s).*\"rollout\":\"([^\"]+)\".*", "$1");
        try (var tab = open()) {
            tab.visit("/rollouts/" + id);
            offer(tab, "Abort").click();
            var dialog = tab.page().locator("dialog[open]");
            dialog.locator("[name=reason]").fill("half a sentence");
            // When: somebody else does it
            assertThat(send("POST", "/api/v1/rollouts/" + id + "/abort", "{\"by\":\"bob\"}"))
                    .contains("ABORTED");
            // Then
            visible(tab.page().locator("dialog[open] .refusal:has-text('This can no longer be asked for')"));
            assertThat(dialog.locator("[type=submit]").isDisabled()).isTrue();
            assertThat(dialog.evaluate("one => one.matches(':modal')")).isEqualTo(true);
            PlaywrightAssertions.assertThat(dialog.locator("[name=reason]")).hasValue("half a sentence");
            // When
            tab.page().keyboard().press("Escape");
            // Then
            PlaywrightAssertions.assertThat(tab.page().locator("[data-opens]")).hasCount(0);
            visible(tab.page().locator(".events li:has-text('bob')"));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aCameraThatMayBeSeenIsShownWithTheBoxesOfBothModelsAndTheNextFrameComesByItself() throws Exception {
        // Given
        show(Glimpses.of("north-1", 1, "0.86"));
        try (var tab = open()) {
            tab.visit("/live?stream=cameras");
            var picture = tab.page().locator("figure img[alt='north-1. INT8: 1 person. FP32: 2 person.']");
            visible(picture);
            assertThat(picture.evaluate("image => image.decode().then(() => image.naturalWidth)"))
                    .isEqualTo(Glimpses.WIDE);
            PlaywrightAssertions.assertThat(tab.page().locator(".view .int8")).hasCount(1);
            PlaywrightAssertions.assertThat(tab.page().locator(".view .fp32")).hasCount(2);
            look("/live?stream=cameras", "live-cameras");
            // When
            show(Glimpses.of("north-1", 2, "0.55"));
            // Then
            PlaywrightAssertions.assertThat(tab.page().locator(".view .int8 title"))
                    .hasText("INT8: person, 55 %", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static void show(String glimpse) throws Exception {
        assertThat(send("PUT", "/api/v1/gateways/gw-north/glimpses", glimpse)).isEmpty();
    }

    private static Locator offer(Tab tab, String label) {
        return tab.page().locator(".offers button:has-text('" + label + "')");
    }

    private static void answer(Tab tab, String token) {
        var dialog = tab.page().locator("dialog[open]");
        dialog.locator("[name=by]").fill("ada");
        dialog.locator("[name=reason]").fill("because the test says so");
        dialog.locator("[name=token]").fill(token);
        dialog.locator("[type=submit]").click();
    }

    /** The tab remembers who asks and the token. */
    private static void again(Tab tab) {
        var dialog = tab.page().locator("dialog[open]");
        PlaywrightAssertions.assertThat(dialog.locator("[name=token]")).hasValue(TOKEN);
        PlaywrightAssertions.assertThat(dialog.locator("[name=by]")).hasValue("ada");
        dialog.locator("[name=reason]").fill("because the test says so");
        dialog.locator("[type=submit]").click();
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
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static Tab open() {
        var tab = gallery.open();
        tab.page().setDefaultTimeout(PATIENCE_MILLIS);
        return tab;
    }
}
