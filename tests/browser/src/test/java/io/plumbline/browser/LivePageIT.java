package io.plumbline.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The strips of the latest results; what gateways answered is said by the test. */
class LivePageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path DATA =
            Path.of("target", "live-page-" + ProcessHandle.current().pid());

    private static final Digest OLD = Digest.of(new byte[] {1});
    private static final Digest NEW = Digest.of(new byte[] {2});
    private static final Instant BEGIN = Instant.parse("2026-01-01T23:50:00Z");

    @Test
    void aStripSaysWhenItsReadingsWereMadeAndWhereItsBuildChanged() throws Exception {
        // Given
        var executable = Chromium.installed();
        Files.createDirectories(PICTURES);
        try (var plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), Map.of());
                var browser = Chromium.start(executable);
                var kafka = new KafkaProducer<>(
                        Map.of("bootstrap.servers", plant.brokers().ports().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            plant.awaitReady();
            var gallery = new Gallery(browser, plant.fleet(), PICTURES);
            try (var tab = gallery.open()) {
                tab.page().setDefaultTimeout(PATIENCE.toMillis());
                // And: results are read from the moment at which somebody looks
                tab.visit("/live");
                await().atMost(PATIENCE).pollInSameThread().until(() -> {
                    kafka.send(result("north-2", 0, OLD, Optional.empty()));
                    kafka.flush();
                    return tab.page().locator(".strip").count() > 0;
                });
                // When
                for (int i = 0; i < 40; i++) {
                    var said = new Prediction(i % 9 == 8 ? "event" : "normal", 0.6 + 0.01 * i);
                    kafka.send(result("north-1", i, i < 25 ? OLD : NEW, Optional.of(said)));
                }
                kafka.flush();
                // Then
                var strip = tab.page().locator("tr:has-text('north-1') .strip");
                tab.page().waitForSelector("tr:has-text('north-1') .strip text.end:text-is('00:29:00 UTC')");
                assertThat(strip.getAttribute("aria-label"))
                        .isEqualTo("36 × normal, 4 × event; read from 1 Jan, 23:50:00 to 00:29:00 UTC; build "
                                + NEW.shortHex() + " since 00:15:00");
                assertThat(strip.locator("text").allTextContents()).containsExactly("1 Jan, 23:50:00", "00:29:00 UTC");
                assertThat(strip.locator(".turn"))
                        .satisfies(turns -> assertThat(turns.count()).isEqualTo(1));
                assertThat(tab.page().locator(".legend li").allTextContents())
                        .anyMatch(key -> key.contains("normal 36"))
                        .anyMatch(key -> key.contains("event 4"))
                        .anyMatch(key -> key.contains("no answer"))
                        .anyMatch(key -> key.contains("another build from there on"));
                assertThat(tab.complaints()).isEmpty();
            }
            var softly = new SoftAssertions();
            gallery.look(softly, "/live", "live-turn");
            softly.assertAll();
        }
    }

    private static ProducerRecord<String, byte[]> result(
            String device, int minute, Digest build, Optional<Prediction> said) {
        var result = new InferenceResult(
                new EventId("e-" + device + "-" + minute),
                new DeviceId(device),
                new SiteId("north"),
                new GatewayId("gw-north"),
                new StreamId("climate"),
                new ModelName("climate-event"),
                Digest.of(new byte[] {3}),
                build,
                BEGIN.plus(Duration.ofMinutes(minute)),
                said,
                1_500_000,
                Optional.empty());
        return new ProducerRecord<>(Topics.RESULTS, device, result.toBytes());
    }
}
