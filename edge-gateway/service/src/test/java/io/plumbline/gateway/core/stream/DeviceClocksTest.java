package io.plumbline.gateway.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.reading.Source;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceClocksTest {

    private static final StreamId STREAM = new StreamId("climate");
    private static final Instant WALL = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration DAYS = Duration.ofDays(3);

    private final DeviceClocks clocks = new DeviceClocks(Duration.ofHours(1));

    @Test
    void aClockWithinTheBoundOrBehindIsBelieved() {
        assertThat(isBelieved("a", Duration.ofHours(1))).isTrue();
        assertThat(isBelieved("a", Duration.ofHours(1).plusMillis(1))).isFalse();
        assertThat(isBelieved("b", Duration.ofDays(-4000))).isTrue();
        assertThat(isBelieved("c", Duration.ofHours(1))).isTrue();
    }

    @Test
    void aDeviceThatIsAheadAloneConvincesNobodyHoweverOftenItSpeaks() {
        for (int i = 0; i < 200; i++) {
            assertThat(isBelieved("only", DAYS.plusSeconds(i))).isFalse();
        }
        assertThat(isBelieved("honest", Duration.ZERO)).isTrue();
        assertThat(isBelieved("only", DAYS)).isFalse();
    }

    @Test
    void oneClockOfTheFutureDoesNotMakeTheNextOneCredible() {
        // Given
        isBelieved("a", Duration.ZERO);
        isBelieved("b", Duration.ZERO);

        // Then
        assertThat(isBelieved("c", DAYS)).isFalse();
        assertThat(isBelieved("d", DAYS)).isFalse();
    }

    @Test
    void devicesThatAgreeAreBelievedAgainstTheClockOfAGatewayThatIsBehind() {
        assertThat(isBelieved("a", DAYS)).isFalse();
        assertThat(isBelieved("b", DAYS)).isTrue();
        assertThat(isBelieved("a", DAYS)).isTrue();
        assertThat(isBelieved("c", DAYS.multipliedBy(2))).isFalse();
    }

    @Test
    void onlyTheDevicesThatSpokeLastHaveASay() {
        // Given
        for (int i = 0; i < 1000; i++) {
            isBelieved("silent-" + i, Duration.ofDays(-i));
        }

        // When
        for (int i = 0; i < 63; i++) {
            isBelieved("today-" + i, DAYS);
        }

        // Then
        assertThat(isBelieved("today-0", DAYS)).isTrue();
    }

    @Test
    void theSkewOfAStreamIsTheMedianOfItsLastReadings() {
        // Given
        isBelieved("a", Duration.ofSeconds(-500));
        for (int i = 0; i < 63; i++) {
            isBelieved("a", i == 40 ? Duration.ofMinutes(59) : Duration.ofSeconds(i % 3));
        }

        // Then
        assertThat(clocks.skews()).containsOnlyKeys(STREAM).containsEntry(STREAM, Duration.ofSeconds(1));
    }

    private boolean isBelieved(String device, Duration ahead) {
        return clocks.objection(new Source(new DeviceId(device), STREAM), WALL.plus(ahead), WALL)
                .isEmpty();
    }
}
