package io.plumbline.inference.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteClockTest {

    private static final long HOUR = 3_600_000;

    private final SiteClock clock = new SiteClock(HOUR);

    @Test
    void theNewestReadingIsNow() {
        for (long time = 0; time < 10 * HOUR; time += 5_000) {
            clock.saw(time);
            clock.saw(time - 2_000);
            assertThat(clock.now()).isEqualTo(time);
        }
    }

    @Test
    void aClockThatIsFarAheadHasNoSay() {
        for (long time = 0; time < 10 * HOUR; time += 5_000) {
            clock.saw(time);
            clock.saw(time + 1_000);
            clock.saw(time + 70L * 365 * 24 * HOUR);
        }
        assertThat(clock.now()).isEqualTo(10 * HOUR - 4_000);
    }

    @Test
    void aClockThatFellBackTo1970HasNoSay() {
        var today = 55L * 365 * 24 * HOUR;
        for (long time = 0; time < HOUR; time += 5_000) {
            clock.saw(time);
            clock.saw(today + time);
            clock.saw(today + time);
        }
        assertThat(clock.now()).isEqualTo(today + HOUR - 5_000);
    }

    @Test
    void whenAllClocksJumpSoDoesTheSite() {
        for (int i = 0; i < 1_000; i++) {
            clock.saw(i * 5_000L);
        }
        for (int i = 0; i < 40; i++) {
            clock.saw(20 * HOUR + i * 5_000L);
        }
        assertThat(clock.now()).isEqualTo(20 * HOUR + 39 * 5_000L);
    }

    @Test
    void beforeTheFirstReadingItIsNoTimeAtAll() {
        assertThat(clock.now()).isEqualTo(Long.MIN_VALUE);
    }
}
