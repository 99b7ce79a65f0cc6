package io.plumbline.fleet.adapter.page;

import static io.plumbline.fleet.testing.Fleets.BASELINE;
import static io.plumbline.fleet.testing.Fleets.T0;
import static io.plumbline.fleet.testing.Fleets.health;
import static io.plumbline.fleet.testing.Fleets.stale;
import static io.plumbline.fleet.testing.ManyGateways.PER_SITE;
import static io.plumbline.fleet.testing.ManyGateways.SITES;
import static io.plumbline.fleet.testing.ManyGateways.site;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.fleet.core.control.ControlPlane;
import io.plumbline.fleet.core.live.Part;
import io.plumbline.fleet.core.view.FleetObservations;
import io.plumbline.fleet.testing.Fleets;
import io.plumbline.fleet.testing.InMemoryTopics;
import io.plumbline.fleet.testing.ManyGateways;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ConsoleServiceTest.Alone.class)
@QuarkusTestResource(InMemoryTopics.class)
class ConsoleServiceTest {

    /** With a control plane of its own: a fleet of this size is in everybody's way. */
    public static final class Alone implements QuarkusTestProfile {}

    private static final int MOST_BYTES = 200_000;

    private final HttpClient http = HttpClient.newHttpClient();

    @TestHTTPResource("/")
    URI root;

    @Inject
    ControlPlane control;

    @Inject
    FleetObservations heard;

    @BeforeEach
    void aThousandGatewaysWithTrouble() {
        control.apply(ManyGateways.yaml(), Fleets.parse(ManyGateways.yaml()));
        var now = Instant.now();
        for (int site = 0; site < SITES; site++) {
            for (int gateway = 0; gateway < PER_SITE; gateway++) {
                heard.on(ManyGateways.beat(site, gateway, 1, 5000, now), now);
            }
            var health = health(BASELINE, site(site), stale(), Verdict.CALIBRATION_STALE, T0)
                    .with(Optional.of(List.of(ManyGateways.HUMIDITY)));
            heard.on(health, now);
            var because = "INT8 leaves FP32 <script>alert(1)</script> & \"more\"";
            heard.on(
                    VerdictEvent.of(health.cohort(), T0, Verdict.CALIBRATION_STALE, Verdict.STABLE, because, List.of()),
                    now);
        }
    }

    @Test
    void theFirstPageOfAThousandTroubledGatewaysIsSmall() throws Exception {
        // When
        var page = get("");
        // Then
        assertThat(page.length()).isBetween(20_000, MOST_BYTES);
        assertThat(page).contains("page 1 of 20", "(1000 gateways)", "page 1 of 4", "5000 records wait in its outbox");
        assertThat(get("?page=20&sites=4")).contains("page 20 of 20", "page 4 of 4");
        assertThat(get("?page=-1&sites=x&site=nowhere")).contains("No gateway has such a name.");
    }

    @Test
    void whatComesFromOutsideIsOnlyText() throws Exception {
        assertThat(get(""))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;")
                .doesNotContain("<script>alert");
        assertThat(get("?site=%22%3E%3Cscript%3Ealert(2)"))
                .contains("&quot;&gt;&lt;script&gt;alert(2)")
                .doesNotContain("<script>alert");
    }

    @Test
    void everyPageIsThereAndSmallAlsoWithoutARegistry() throws Exception {
        for (var place : Place.values()) {
            assertThat(get(place.path().substring(1)))
                    .as(place.title())
                    .contains("<h1>" + place.title() + "</h1>", "aria-current=\"page\"")
                    .doesNotContain("<script>alert")
                    .hasSizeLessThan(MOST_BYTES);
        }
        assertThat(get("models?model=nobody&build=zz"))
                .contains("plumbline.fleet.registry-url", "climate-event", "and 5 more", "and at 80 more");
        assertThat(get("drift?site=site-042"))
                .contains("climate-event at site-042", "the same verdict in 99 other places")
                .contains("80.0 % are 60 or more (reference 10.0 %)", "aria-label=\"Bins of humidity\"");
    }

    @Test
    void aPageThatComesBackWithTheHistoryIsNotAnOldOne() throws Exception {
        for (var place : Place.values()) {
            var page =
                    http.send(HttpRequest.newBuilder(root.resolve(place.path())).build(), BodyHandlers.discarding());
            assertThat(page.headers().firstValue("Cache-Control"))
                    .as(place.path())
                    .contains("no-store");
        }
        var overview = http.send(
                HttpRequest.newBuilder(root.resolve("/api/v1/overview")).build(), BodyHandlers.discarding());
        assertThat(overview.headers().firstValue("Cache-Control")).isEmpty();
    }

    @Test
    void aPageHearsWhatChangedSinceItWasMadeAndNothingElse() throws Exception {
        // Given
        var made = Pattern.compile("data-news=\"([^\"]+)\"").matcher(get(""));
        assertThat(made.find()).isTrue();
        // When
        heard.changes().mark(Part.RECALIBRATIONS);
        // Then
        assertThat(firstChange("?since=" + made.group(1), null))
                .contains("recalibrations")
                .doesNotContain("verdicts");
        assertThat(firstChange("?since=another-run-7", null)).contains("recalibrations", "verdicts", "gateways");
        assertThat(firstChange("?since=another-run-7", made.group(1))).doesNotContain("verdicts");
    }

    /** The data of the first event that names a part. */
    private String firstChange(String query, @Nullable String lastEventId) throws Exception {
        var request = HttpRequest.newBuilder(root.resolve("api/v1/live" + query));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var answer = http.send(request.build(), BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (var lines = answer.body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .filter(parts -> !parts.isEmpty())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String get(String path) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
