package io.plumbline.gateway.core.glimpse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.testing.Motes;
import io.plumbline.gateway.testing.TinyDetector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GlimpseDeskTest {

    private static final GlimpseGrant GRANT = new GlimpseGrant(Duration.ofSeconds(5), 320);
    private static final long PERIOD = GRANT.every().toNanos();

    private final GlimpseDesk desk = new GlimpseDesk();

    @Test
    void aCameraIsDueOncePerPeriodWhateverOthersDo() {
        assertThat(desk.isDue(camera("cam-1"), GRANT, 7)).isTrue();
        assertThat(desk.isDue(camera("cam-1"), GRANT, 7 + PERIOD - 1)).isFalse();
        assertThat(desk.isDue(camera("cam-2"), GRANT, 7 + PERIOD - 1)).isTrue();
        assertThat(desk.isDue(camera("cam-1"), GRANT, 7 + PERIOD)).isTrue();
        assertThat(desk.isDue(camera("cam-1"), GRANT, 8 + PERIOD)).isFalse();
    }

    @Test
    void ofEachCameraOnlyTheNewestWaits() throws Exception {
        // When
        desk.give(draft("cam-1", 1, 10));
        desk.give(draft("cam-2", 2, 10));
        desk.give(draft("cam-1", 3, 10));
        // Then
        assertThat(desk.take().result().eventTime()).isEqualTo(Motes.START.plusSeconds(2));
        assertThat(desk.take().result().eventTime()).isEqualTo(Motes.START.plusSeconds(3));
    }

    @Test
    void whatWaitsIsBoundedAndTheOldestLeave() throws Exception {
        // When
        desk.give(draft("cam-1", 1, GlimpseDesk.MOST_BYTES / 2));
        desk.give(draft("cam-2", 2, GlimpseDesk.MOST_BYTES / 2));
        desk.give(draft("cam-3", 3, 1));
        // Then
        assertThat(desk.take().result().device()).isEqualTo(new DeviceId("cam-2"));
        assertThat(desk.take().result().device()).isEqualTo(new DeviceId("cam-3"));
        // When: one that is too large for others beside it
        desk.give(draft("cam-1", 4, 10));
        desk.give(draft("cam-2", 5, 2 * GlimpseDesk.MOST_BYTES));
        // Then
        assertThat(desk.take().result().device()).isEqualTo(new DeviceId("cam-2"));
    }

    private static Source camera(String name) {
        return new Source(new DeviceId(name), TinyDetector.CAMERAS);
    }

    private static GlimpseDesk.Draft draft(String camera, int second, int bytes) {
        var device = new DeviceId(camera);
        var time = Motes.START.plusSeconds(second);
        var result = new InferenceResult(
                EventId.ofSequence(device, TinyDetector.CAMERAS, time, 0),
                device,
                new SiteId("north"),
                new GatewayId("gw-north"),
                TinyDetector.CAMERAS,
                TinyDetector.MODEL,
                Digest.of(new byte[] {1}),
                Digest.of(new byte[] {2}),
                time,
                Optional.empty(),
                1,
                Optional.of(new Frame(32, 24, bytes, 0, false, List.of())));
        return new GlimpseDesk.Draft(
                GRANT, result, Optional.empty(), TinyDetector.frame(camera, second, new byte[bytes]));
    }
}
