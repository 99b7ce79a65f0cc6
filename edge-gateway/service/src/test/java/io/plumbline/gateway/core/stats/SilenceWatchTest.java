package io.plumbline.gateway.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.reading.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant WINDOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamId STREAM = new StreamId("climate");
    private static final DeviceId ONE = new DeviceId("m-1");
    private static final DeviceId TWO = new DeviceId("m-2");

    private final SilenceWatch watch = new SilenceWatch();

    @Test
    void aDeviceIsSilentAfterTenOfItsIntervals() {
        // Given: the card says 5 s
        watch.listening(true, at(0));
        heard(ONE, 0, 100, 5);
        heard(TWO, 0, 110, 5);

        // When, Then
        assertThat(silent(149, 0)).isEmpty();
        assertThat(silent(150, 0)).containsExactly(ONE);
        assertThat(silent(170, 0)).containsExactly(TWO);
    }

    @Test
    void aDeviceThatIsSlowByNatureIsNotSilentSooner() {
        watch.listening(true, at(0));
        heard(ONE, 0, 1200, 60);
        heard(TWO, 1700, 1800, 5);
        assertThat(silent(1799, 0)).isEmpty();
        assertThat(silent(1800, 0)).containsExactly(ONE);
    }

    @Test
    void oneSilenceIsToldOncePerWindowAndEndsWithTheNextMessage() {
        // Given
        watch.listening(true, at(0));
        heard(ONE, 0, 100, 5);
        heard(TWO, 0, 400, 5);

        // When, Then
        assertThat(silent(200, 0)).containsExactly(ONE);
        assertThat(silent(210, 0)).isEmpty();
        assertThat(silent(300, 1)).containsExactly(ONE);
        heard(ONE, 400, 405, 5);
        assertThat(silent(410, 2)).isEmpty();
    }

    @Test
    void nobodyIsSilentWhileTheBrokerCannotBeHeard() {
        // Given
        watch.listening(true, at(0));
        heard(ONE, 0, 100, 5);
        heard(TWO, 0, 100, 5);

        // When
        watch.listening(false, at(101));
        var away = silent(500, 0);
        watch.listening(true, at(500));

        // Then
        assertThat(away).isEmpty();
        assertThat(silent(549, 0)).isEmpty();
        assertThat(silent(550, 0)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aDeviceThatWasNeverHeardIsSilentToo() {
        watch.listening(true, at(0));
        assertThat(silent(0, 0)).isEmpty();
        assertThat(silent(50, 0)).containsExactlyInAnyOrder(ONE, TWO);
    }

    private void heard(DeviceId device, long from, long to, long every) {
        for (long second = from; second <= to; second += every) {
            watch.heard(new Source(device, STREAM), at(second));
        }
    }

    private List<DeviceId> silent(long second, int window) {
        var asked = new SilenceWatch.Asked(STREAM, Set.of(ONE, TWO), Duration.ofSeconds(5));
        return watch.silent(asked, WINDOW.plus(Duration.ofMinutes(5L * window)), at(second));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
