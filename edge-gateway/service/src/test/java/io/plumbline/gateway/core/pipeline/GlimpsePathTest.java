package io.plumbline.gateway.core.pipeline;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.adapter.fleet.FleetClient;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.glimpse.GlimpseDesk;
import io.plumbline.gateway.core.glimpse.Glimpser;
import io.plumbline.gateway.core.stats.ShadowBudget;
import io.plumbline.gateway.core.stats.StatsRules;
import io.plumbline.gateway.core.stream.GatewayMemory;
import io.plumbline.gateway.testing.CountingMetrics;
import io.plumbline.gateway.testing.FakeFleet;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.TinyDetector;
import io.plumbline.inference.image.Thumbnail;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that operators may see, from the message to the control plane. */
class GlimpsePathTest {

    private static final StatsRules RULES = new StatsRules(Duration.ofSeconds(30), Duration.ofMillis(500), 64);
    private static final GlimpseGrant GRANT = new GlimpseGrant(Duration.ofSeconds(5), 64);
    private static final byte[] WHITE = TinyDetector.picture("png", Color.WHITE);
    private static final byte[] BLACK = TinyDetector.picture("jpg", Color.BLACK);

    private final Self self = new Self(new GatewayId("gw-north"), new SiteId("north"), Clock.systemUTC());
    private final CountingMetrics metrics = new CountingMetrics();
    private final GlimpseDesk desk = new GlimpseDesk();
    private final AtomicLong nanos = new AtomicLong();
    private final FakeFleet fleet = new FakeFleet();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final Build build = TinyDetector.build();
    private final Thread glimpser = new Thread(new Glimpser(
            desk,
            new Thumbnail(1_000_000),
            new FleetClient(HttpClient.newHttpClient(), fleet.url(), self.gateway()),
            new Told()));

    private final class Told implements Glimpser.Fate {

        @Override
        public void shown() {}

        @Override
        public void notShown(Exception because) {
            failures.add(because);
        }
    }

    @AfterEach
    void close() throws Exception {
        glimpser.interrupt();
        glimpser.join();
        fleet.close();
        build.model().close();
    }

    @Test
    void operatorsSeeOneFrameOfEachCameraPerPeriodWithWhatBothModelsFound() throws Exception {
        // Given: FP32 is asked of nothing but what is shown
        var pipeline = started(
                TinyDetector.stream(Frames.EVERY).withGlimpses(GRANT), new ShadowBudget(Double.POSITIVE_INFINITY));
        glimpser.start();
        // When
        pipeline.handle(List.of(
                TinyDetector.frame("cam-1", 0, WHITE),
                TinyDetector.frame("cam-2", 0, BLACK),
                TinyDetector.frame("cam-1", 1, BLACK)));
        // Then
        await().atMost(30, SECONDS).until(() -> fleet.shown().size() == 2);
        var first = shown("cam-1");
        assertThat(first.time()).isEqualTo(Motes.START);
        assertThat(first.found())
                .singleElement()
                .satisfies(one -> assertThat(one.label()).isEqualTo("thing"));
        assertThat(first.reference()).contains(first.found());
        assertThat(ImageIO.read(new ByteArrayInputStream(first.picture())).getWidth())
                .isEqualTo(32);
        assertThat(shown("cam-2").found()).isEmpty();
        assertThat(shown("cam-2").reference()).contains(List.of());
        // When
        nanos.addAndGet(GRANT.every().toNanos());
        pipeline.handle(List.of(TinyDetector.frame("cam-1", 2, BLACK)));
        // Then
        await().atMost(30, SECONDS).until(() -> fleet.shown().size() == 3);
        assertThat(failures).isEmpty();
    }

    @Test
    void withoutAShareOfTheProcessorForItTheFrameIsShownWithoutFp32() {
        // Given
        var spent = new ShadowBudget(1e-6);
        spent.spent(SECONDS.toNanos(100), SECONDS.toNanos(100));
        assertThat(spent.factor()).isLessThan(0.01);
        var pipeline = started(TinyDetector.stream(Frames.EVERY).withGlimpses(GRANT), spent);
        glimpser.start();
        // When
        pipeline.handle(List.of(TinyDetector.frame("cam-1", 0, WHITE)));
        // Then
        await().atMost(30, SECONDS).until(() -> fleet.shown().size() == 1);
        assertThat(shown("cam-1").reference()).isEmpty();
        assertThat(shown("cam-1").found()).hasSize(1);
    }

    @Test
    void whatTheControlPlaneDoesNotWantIsToldAndForgotten() {
        // Given
        fleet.showing(403);
        var pipeline = started(
                TinyDetector.stream(Frames.EVERY).withGlimpses(GRANT), new ShadowBudget(Double.POSITIVE_INFINITY));
        glimpser.start();
        // When
        pipeline.handle(List.of(TinyDetector.frame("cam-1", 0, WHITE)));
        // Then
        await().atMost(30, SECONDS).until(() -> !failures.isEmpty());
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("403"));
        // When: the next is shown all the same
        fleet.showing(204);
        pipeline.handle(List.of(TinyDetector.frame("cam-2", 1, WHITE)));
        // Then
        await().atMost(30, SECONDS).until(() -> fleet.shown().size() == 2);
        assertThat(failures).hasSize(1);
    }

    @Test
    void onlyWhatCameSinceTheOwnerAllowsItIsShown() {
        // Given
        var stream = TinyDetector.stream(Frames.EVERY);
        var pipeline = started(stream, new ShadowBudget(Double.POSITIVE_INFINITY));
        pipeline.handle(List.of(TinyDetector.frame("cam-1", 0, WHITE)));
        // When
        pipeline.adjust(stream.withGlimpses(GRANT));
        pipeline.handle(List.of(TinyDetector.frame("cam-2", 1, WHITE)));
        glimpser.start();
        // Then: they are shown in the order in which they came
        await().atMost(30, SECONDS).until(() -> !fleet.shown().isEmpty());
        assertThat(fleet.shown())
                .singleElement()
                .satisfies(glimpse -> assertThat(glimpse.device()).isEqualTo(new DeviceId("cam-2")));
    }

    private Pipeline started(StreamAssignment stream, ShadowBudget budget) {
        var pipeline = new Pipeline(
                self,
                new GatewayMemory(RULES, self.clock(), Duration.ofHours(1)),
                new Reservoirs(64, Duration.ofHours(1)),
                new Inference(self, metrics, budget, desk, nanos::get),
                metrics);
        pipeline.activate(stream, build, new GatewayEvent.Started(self.gateway(), self.site(), Motes.START));
        return pipeline;
    }

    private Glimpse shown(String camera) {
        return fleet.shown().stream()
                .filter(glimpse -> glimpse.device().value().equals(camera))
                .findFirst()
                .orElseThrow();
    }
}
