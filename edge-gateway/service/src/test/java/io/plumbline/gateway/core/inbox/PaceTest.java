package io.plumbline.gateway.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long nanos = -5_000_000_000L;
    private final Pace pace = new Pace(Duration.ofMillis(5), () -> nanos);

    @Test
    void theFirstMessageWaitsForNothing() {
        assertThat(pace.restNanos()).isZero();
    }

    @Test
    void whatComesSoonAfterWaitsForTheEndOfThePeriod() {
        // When
        pace.taken();

        // Then
        assertThat(pace.restNanos()).isEqualTo(5_000_000);
        nanos += 3_000_000;
        assertThat(pace.restNanos()).isEqualTo(2_000_000);
        nanos += 2_000_000;
        assertThat(pace.restNanos()).isZero();
    }

    @Test
    void workLongerThanThePeriodIsNotHeldBack() {
        // Given
        pace.taken();

        // When
        nanos += 20_000_000;

        // Then
        assertThat(pace.restNanos()).isZero();
    }

    @Test
    void withoutAPeriodThereIsNoPace() {
        // Given
        var none = new Pace(Duration.ZERO, () -> nanos);

        // When
        none.taken();

        // Then
        assertThat(none.restNanos()).isZero();
    }
}
