package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.browser.Chromium;
import io.plumbline.browser.Gallery;
import io.plumbline.cli.climate.ClimateReadings;
import io.plumbline.cli.climate.MoteFleet;
import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.cli.proof.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every page of the console while the loop closes behind it, over packaged processes and real brokers. */
class ConsoleIT {

    private static final double SPEED = 160;
    private static final double PATIENCE_MILLIS = 120_000;

    private static final Path PICTURES = Path.of("target", "screenshots");
    /** Stays after the tests: when one fails, the logs in it say why. */
    private static final Path DATA =
            Path.of("target", "console-" + ProcessHandle.current().pid());

    private static Plant plant;
    private static MoteFleet motes;
    private static Labels labels;
    private static Chromium browser;
    private static Gallery gallery;

    @BeforeAll
    static void start() throws Exception {
        var executable = Chromium.installed();
        Files.createDirectories(PICTURES);
        var readings = ClimateReadings.bundled();
        plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), DemoSettings.SERVICES);
        new Stage(plant).open(readings);
        var schedule = new Schedule(1, SPEED, Instant.now().minus(Duration.ofHours(8)));
        var stretch = schedule.stretch(Turn.of(1), readings.motes());
        motes = new MoteFleet(plant.brokers().ports().mqttUrl());
        labels = new Labels(plant.brokers().ports().bootstrapServers());
        new Replay(stretch, SPEED, new Replay.Outlets(motes, labels, new Account())).start();
        browser = Chromium.start(executable);
        gallery = new Gallery(browser, plant.fleet(), PICTURES);
    }

    @AfterAll
    static void stop() {
        Gallery.close(browser, motes, labels, plant);
    }

    @Test
    void everyPageIsWholeInEveryThemeAndOnEveryScreen() throws Exception {
        // Given
        try (var tab = gallery.open()) {
            tab.visit("/").page().setDefaultTimeout(PATIENCE_MILLIS);
            // Then: the story comes to the page that stays open
            tab.page().waitForSelector(".events .badge:text('calibration stale')");
            tab.page().waitForSelector(".events > li:has-text('recalibration')");
            assertThat(tab.complaints()).isEmpty();
            // And: the candidates have been scored, so no page is looked at half empty
            tab.visit("/recalibrations").page().waitForSelector("h3:text('Before and after')");
            assertThat(tab.complaints()).isEmpty();
            // And: results are read while somebody looks
            tab.visit("/live").page().waitForSelector(".strip");
            assertThat(tab.complaints()).isEmpty();
        }
        var softly = new SoftAssertions();
        gallery.look(softly, aRecalibratedBuild(), "models-recalibrated");
        gallery.look(softly, theMomentOfTheAlert(), "drift-moment");
        for (var path : pages()) {
            gallery.look(
                    softly, path, path.equals("/") ? "fleet" : path.substring(1).replaceAll("[^a-z0-9]+", "-"));
        }
        softly.assertAll();
    }

    /** Where the link of the alert leads: the page shows the time around it, with a mark that is named in the list. */
    private static String theMomentOfTheAlert() {
        try (var tab = gallery.open()) {
            tab.visit("/alerts").page().setDefaultTimeout(PATIENCE_MILLIS);
            var link = tab.page()
                    .locator(".events li:has-text('calibration stale') a:has-text('the evidence over time')")
                    .first();
            var path = link.getAttribute("href");
            assertThat(path).contains("&at=").endsWith("#time-title");
            link.click();
            tab.page().waitForSelector(".marks .sought:has-text('calibration stale')");
            tab.page().waitForSelector("h2:has-text('Over time, around')");
            assertThat(tab.page().locator(".chart .flag.sought").count()).isPositive();
            assertThat(tab.page().locator(".spans [aria-current]").textContent())
                    .isEqualTo("the hour around it");
            assertThat(tab.complaints()).isEmpty();
            return path;
        }
    }

    /** Where the table of builds leads to one that was calibrated on what gateways observed: it is told how much of that it has. */
    private static String aRecalibratedBuild() {
        try (var tab = gallery.open()) {
            tab.visit("/models").page().setDefaultTimeout(PATIENCE_MILLIS);
            var link =
                    tab.page().locator("tr:has-text('recalibrated from') th a").first();
            var path = link.getAttribute("href");
            assertThat(path).contains("&build=").endsWith("#quality-title");
            link.click();
            tab.page()
                    .waitForSelector(
                            "#quality-title code:text('" + link.textContent().strip() + "')");
            tab.page().waitForSelector("[aria-label='The calibration beside what the sites read'] tbody tr");
            assertThat(tab.complaints()).isEmpty();
            return path;
        }
    }

    @Test
    void theChosenThemeStaysAndTheKeyboardReachesTheContent() {
        try (var tab = gallery.open()) {
            // When
            tab.visit("/").page().selectOption("#theme", "dark");
            tab.page().reload();
            // Then
            assertThat(tab.page().evaluate("document.documentElement.dataset.theme"))
                    .isEqualTo("dark");
            assertThat(tab.page().evaluate("document.getElementById('theme').value"))
                    .isEqualTo("dark");
            assertThat(tab.barriers()).isEmpty();
            // When
            tab.page().keyboard().press("Tab");
            tab.page().keyboard().press("Enter");
            // Then
            assertThat(tab.page().evaluate("document.activeElement.id")).isEqualTo("content");
        }
    }

    @Test
    void whatSomebodyTypesAndOpensSurvivesAnUpdate() {
        try (var tab = gallery.open()) {
            // Given
            tab.visit("/").page().setDefaultTimeout(PATIENCE_MILLIS);
            tab.page().waitForSelector(".events details");
            tab.page().evalOnSelector(".events details", "one => (window.opened = one).open = true");
            tab.page().locator("input[name=gateway]").pressSequentially("gw-");
            // When
            tab.page()
                    .evaluate(
                            "new Promise(done => document.addEventListener('plumbline:updated', done, {once: true}))");
            // Then
            assertThat(tab.page().evaluate("document.activeElement.name")).isEqualTo("gateway");
            assertThat(tab.page().inputValue("input[name=gateway]")).isEqualTo("gw-");
            assertThat(tab.page().evaluate("window.opened.isConnected && window.opened.open"))
                    .isEqualTo(true);
            // When
            tab.page().keyboard().press("Enter");
            // Then
            tab.page().waitForURL("**gateway=gw-**");
            assertThat(tab.page().locator("h1").textContent()).isEqualTo("Fleet");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** Those that the navigation leads to. */
    private static List<String> pages() {
        try (var tab = gallery.open()) {
            tab.visit("/");
            return tab.page().locator("#places a").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
        }
    }
}
