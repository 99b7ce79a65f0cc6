package io.plumbline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.launch.Installation;
import io.plumbline.cli.launch.Plant;
import io.plumbline.contract.Topics;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.wire.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The first page of a fleet of 1,000 gateways on 100 sites, loaded in a browser that has nothing of it yet. */
class ManyGatewaysIT {

    private static final int SITES = 100;
    private static final int PER_SITE = 10;
    private static final int LOADS = 20;
    private static final int MOST_BYTES = 200_000;
    private static final Digest BUILD = Digest.of(new byte[] {1});
    private static final Path DATA =
            Path.of("target", "many-gateways-" + ProcessHandle.current().pid());

    /** Milliseconds since the navigation began, and all bytes that came over the network. */
    private static final String TIMING = """
            () => {
              const page = performance.getEntriesByType('navigation')[0];
              const parts = performance.getEntriesByType('resource');
              const bytes = [page, ...parts].reduce((sum, part) => sum + part.transferSize, 0);
              const paint = performance.getEntriesByName('first-contentful-paint')[0];
              return [page.responseEnd, paint ? paint.startTime : page.loadEventEnd, page.loadEventEnd, bytes];
            }
            """;

    @Test
    void theFirstPageOfAThousandGatewaysIsSmallAndSaysHowLongItTakes() throws Exception {
        // Given
        var executable = Chromium.installed();
        try (var plant = Plant.start(Installation.here(), DATA.toAbsolutePath(), Map.of());
                var browser = Chromium.start(executable)) {
            plant.awaitReady();
            apply(plant);
            beat(plant.brokers().ports().bootstrapServers());
            var gallery = new Gallery(browser, plant.fleet(), Path.of("target", "screenshots"));
            try (var tab = gallery.open()) {
                tab.visit("/").page().waitForSelector(".tiles dd:has-text('7,000')");
                tab.page().screenshot();
            }
            // When
            var loads = new ArrayList<List<Double>>();
            for (int i = 0; i < LOADS; i++) {
                loads.add(load(gallery));
            }
            // Then
            report(loads);
            assertThat(loads).allSatisfy(load -> assertThat(load.get(3)).isBetween(1_000.0, (double) MOST_BYTES));
        }
    }

    /** In a context of its own: nothing is cached. */
    private static List<Double> load(Gallery gallery) {
        try (var tab = gallery.open()) {
            tab.visit("/");
            tab.page().waitForFunction("() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0");
            var timing = (List<?>) tab.page().evaluate(TIMING);
            assertThat(tab.complaints()).isEmpty();
            return timing.stream().map(value -> ((Number) value).doubleValue()).toList();
        }
    }

    /** Figures, not limits: a test machine may be busy with other things. */
    private static void report(List<List<Double>> loads) throws Exception {
        var names = List.of("response", "firstPaint", "load", "bytes");
        var figures = IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> {
            var sorted = loads.stream().map(load -> load.get(i)).sorted().toList();
            return Map.of("median", sorted.get(sorted.size() / 2), "largest", sorted.get(sorted.size() - 1));
        }));
        Files.writeString(Path.of("target", "many-gateways.json"), Json.pretty(figures));
    }

    private static void apply(Plant plant) throws Exception {
        var sites = IntStream.range(0, SITES)
                .mapToObj(site -> "  %s: {gateways: [%s]}"
                        .formatted(
                                site(site),
                                IntStream.range(0, PER_SITE)
                                        .mapToObj(gateway ->
                                                gateway(site, gateway).value())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
        var file = """
                sites:
                %s
                models:
                  climate-event: {build: "%s"}
                streams:
                  climate: {topic: "sites/{site}/motes/{device}/climate", model: climate-event}
                rollout: {}
                """.formatted(sites, BUILD);
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(plant.fleet().resolve("/api/v1/fleet?author=ada"))
                                .PUT(BodyPublishers.ofString(file))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void beat(String kafka) {
        var settings = new Properties();
        settings.put("bootstrap.servers", kafka);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int site = 0; site < SITES; site++) {
                for (int gateway = 0; gateway < PER_SITE; gateway++) {
                    var id = gateway(site, gateway);
                    var beat = new GatewayEvent.Heartbeat(
                            id,
                            site(site),
                            Instant.now(),
                            1,
                            List.of(new GatewayEvent.RunningStream(
                                    new StreamId("climate"), new ModelName("climate-event"), BUILD)),
                            new GatewayCounters(110, 100, 3, 2, 7));
                    producer.send(new ProducerRecord<>(Topics.GATEWAY_EVENTS, id.value(), Json.encode(beat)));
                }
            }
        }
    }

    private static SiteId site(int site) {
        return new SiteId("site-%03d".formatted(site));
    }

    private static GatewayId gateway(int site, int gateway) {
        return new GatewayId("gw-%03d-%d".formatted(site, gateway));
    }
}
