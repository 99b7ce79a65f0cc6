package io.plumbline.inference.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Test
    void aWindowHoldsTheNewestReadingsOldestFirst() {
        var window = new SlidingWindow(3, 2, INTERVAL);
        assertThat(window.add(START, new float[] {1, 2})).isEmpty();
        assertThat(window.add(START.plusSeconds(5), new float[] {3, 4})).isEmpty();
        assertThat(window.add(START.plusSeconds(10), new float[] {5, 6}))
                .contains(Tensor.of(new long[] {1, 3, 2}, new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(window.add(START.plusSeconds(15), new float[] {7, 8}))
                .contains(Tensor.of(new long[] {1, 3, 2}, new float[] {3, 4, 5, 6, 7, 8}));
    }

    @Test
    void aWindowNeverSpansAGap() {
        var window = new SlidingWindow(2, 1, INTERVAL);
        window.add(START, new float[] {1});
        assertThat(window.add(START.plusMillis(12_500), new float[] {2})).isPresent();
        assertThat(window.add(START.plusMillis(25_001), new float[] {3})).isEmpty();
        assertThat(window.add(START.plusMillis(30_001), new float[] {4}))
                .contains(Tensor.of(new long[] {1, 2, 1}, new float[] {3, 4}));
    }

    @Test
    void aClockThatIsSetBackIsAGapToo() {
        var window = new SlidingWindow(2, 1, INTERVAL);
        window.add(START, new float[] {1});
        assertThat(window.add(START.minusSeconds(3_600), new float[] {2})).isEmpty();
        assertThat(window.add(START.minusSeconds(3_595), new float[] {3})).isPresent();
    }

    @Test
    void whatTheCallerDoesToItsArrayLaterChangesNothing() {
        var window = new SlidingWindow(2, 1, INTERVAL);
        var reading = new float[] {1};
        window.add(START, reading);
        reading[0] = 9;
        assertThat(window.add(START.plusSeconds(5), new float[] {2}))
                .contains(Tensor.of(new long[] {1, 2, 1}, new float[] {1, 2}));
    }

    @Test
    void aReadingOfTheWrongWidthIsABug() {
        assertThatThrownBy(() -> new SlidingWindow(2, 2, INTERVAL).add(START, new float[1]))
                .hasMessageContaining("is a bug");
        assertThatThrownBy(() -> new SlidingWindow(0, 2, INTERVAL)).hasMessageContaining("is a bug");
    }
}
