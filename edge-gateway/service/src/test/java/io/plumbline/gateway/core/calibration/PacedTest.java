package io.plumbline.gateway.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PacedTest {

    private long now;
    private long rested;

    @Test
    void workTakesItsShareOfTheTimeAndNoMore() {
        // When: each element is worked on for 30, at a quarter of the time
        for (var element : Paced.of(List.of("a", "b", "c", "d", "e"), 25, () -> now, this::rest)) {
            assertThat(element).isNotEmpty();
            now += 30;
        }

        // Then: four rests of three times as long
        assertThat(rested).isEqualTo(4 * 90);
        assertThat(now).isEqualTo(5 * 30 + 4 * 90);
    }

    @Test
    void theWholeProcessorNeedsNoRest() {
        var all = List.of("a", "b");
        assertThat(Paced.of(all, 100, () -> now, this::rest)).isSameAs(all);
    }

    private void rest(long nanos) {
        rested += nanos;
        now += nanos;
    }
}
