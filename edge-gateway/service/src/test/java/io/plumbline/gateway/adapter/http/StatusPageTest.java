package io.plumbline.gateway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.gateway.core.status.GatewayView;
import io.plumbline.gateway.core.status.Link;
import io.plumbline.gateway.testing.FakeModel;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPageTest {

    private static final GatewayId GATEWAY = new GatewayId("gw-north");
    private static final SiteId SITE = new SiteId("north");
    private static final StreamId STREAM = new StreamId("climate");
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String NASTY = "<script>alert('x')</script> & \"more\"";

    @Test
    void saysWhatRunsWhatWaitsAndWhy() throws IOException {
        // When
        var page = page(Optional.of(view(
                List.of(
                        new Link("mqtt", true, Optional.empty()),
                        new Link("kafka", false, Optional.of("Connection to node -1 could not be established"))),
                Optional.of(Duration.ofMinutes(135)))));

        // Then
        assertThat(page)
                .contains("Working, 1 link is down")
                .contains("Connection to node -1 could not be established")
                .contains("12,345")
                .contains("3.0 MiB on disk, oldest 2 h 15 min")
                .contains("out of range")
                .contains("on trial")
                .contains("of 200 inputs it agreed with FP32 on 198, the build before on 181")
                .contains(FakeModel.digest("one").value().substring(7, 19))
                .contains("1,234");
    }

    @Test
    void saysWhatAFullOutboxLost() throws IOException {
        // Given
        var lost = new GatewayEvent.OutboxLost(GATEWAY, SITE, NOW, 10, 1_250, 1_200, 30, 10);

        // When
        var page = page(Optional.of(view(List.of(), Optional.empty(), Optional.empty(), lost)));

        // Then
        assertThat(page)
                .contains("1,200 results and 30 dead letters left the full outbox before Kafka had them")
                .contains(">lost<")
                .doesNotContain("started");
    }

    @Test
    void aDiskThatTakesNothingIsNoGatewayThatWorks() throws IOException {
        // Given
        var full = Optional.of("No space left on device");

        // Then
        assertThat(page(Optional.of(view(List.of(), Optional.empty(), full))))
                .contains("Taking nothing: the data folder cannot be written")
                .contains("No space left on device")
                .doesNotContain("Working");
        assertThat(page(Optional.empty(), full)).contains("starting").contains("No space left on device");
    }

    @Test
    void whatComesFromElsewhereIsEscaped() throws IOException {
        // When
        var page = page(Optional.of(view(List.of(new Link("mqtt", false, Optional.of(NASTY))), Optional.empty())));

        // Then
        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        assertThat(page(Optional.of(view(List.of(), Optional.empty()))))
                .doesNotContain("src=", "<link", "http://", "https://", "url(", "@import");
    }

    @Test
    void aGatewayThatIsStillRecoveringSaysSo() throws IOException {
        assertThat(page(Optional.empty())).contains("starting");
    }

    private String page(Optional<GatewayView> view) throws IOException {
        return page(view, Optional.empty());
    }

    private String page(Optional<GatewayView> view, Optional<String> disk) throws IOException {
        var engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of("text/html")))
                .strictRendering(true)
                .build();
        var template = Files.readString(Path.of("src/main/resources/templates/status.html"));
        return engine.parse(template, Variant.forContentType("text/html"))
                .data("version", "1")
                .data("disk", disk)
                .data("view", view.map(StatusText::of).orElse(null))
                .render();
    }

    private static GatewayView view(List<Link> links, Optional<Duration> age) {
        return view(
                links,
                age,
                Optional.empty(),
                new GatewayEvent.BuildRefused(GATEWAY, SITE, NOW, STREAM, MODEL, FakeModel.digest("three"), 7, NASTY),
                new GatewayEvent.BuildActivated(
                        GATEWAY,
                        SITE,
                        NOW,
                        STREAM,
                        MODEL,
                        FakeModel.digest("one"),
                        7,
                        Optional.of(new RehearsalScore(200, 181, 198))),
                new GatewayEvent.Started(GATEWAY, SITE, NOW));
    }

    private static GatewayView view(
            List<Link> links, Optional<Duration> age, Optional<String> disk, GatewayEvent... events) {
        return new GatewayView(
                GATEWAY,
                SITE,
                NOW,
                true,
                disk,
                7,
                1234.4,
                new GatewayCounters(12_345_700, 12_345_678, 22, 0, 12_345),
                Map.of("OUT_OF_RANGE", 15L, "MALFORMED", 7L),
                new GatewayView.Waiting(12_345, 3 << 20, age),
                List.of(
                        new GatewayView.Stream(STREAM, MODEL, FakeModel.digest("one"), false),
                        new GatewayView.Stream(new StreamId("yard"), MODEL, FakeModel.digest("two"), true)),
                links,
                List.of(events));
    }
}
