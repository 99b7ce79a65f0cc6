package io.plumbline.fleet.adapter.kafka;

import static io.plumbline.fleet.testing.Fleets.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.fleet.testing.MutableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HearingTest {

    private final MutableClock clock = new MutableClock(T0);
    private final Hearing hearing = new Hearing(clock);

    @Test
    void whatIsReadAgainAfterAStartIsAsOldAsItIs() {
        // When: a record of an hour ago, and then one that has just been written
        var dead = hearing.of(Optional.of(T0.minus(Duration.ofHours(1))));
        var alive = hearing.of(Optional.of(T0));
        // Then
        assertThat(dead).isBeforeOrEqualTo(T0.minus(Duration.ofMinutes(59)));
        assertThat(alive).isEqualTo(T0);
        assertThat(hearing.of(Optional.of(T0.minusSeconds(90)))).isEqualTo(T0.minusSeconds(90));
    }

    @Test
    void aClockOfKafkaThatIsALittleOffMakesNobodySilent() {
        // When: it is 20 seconds behind
        var first = hearing.of(Optional.of(T0.minusSeconds(20)));
        clock.advance(Duration.ofSeconds(5));
        var second = hearing.of(Optional.of(T0.minusSeconds(15)));
        // Then
        assertThat(first).isEqualTo(T0);
        assertThat(second).isEqualTo(T0.plusSeconds(5));
        // When: or ahead
        var third = hearing.of(Optional.of(T0.plusSeconds(35)));
        // Then
        assertThat(third).isEqualTo(clock.instant());
    }

    @Test
    void whereNobodyKnowsWhenItWasWrittenItWasNow() {
        assertThat(hearing.of(Optional.empty())).isEqualTo(T0);
    }
}
