package io.plumbline.fleet.core.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesFromASecondToFiveMinutesWithHalfOfItAtRandom() {
        // Given
        var random = new SplittableRandom(7);
        // Then
        IntStream.rangeClosed(1, 200).forEach(failures -> {
            var longest = Math.min(1000 * Math.pow(2, failures - 1), 300_000);
            assertThat(Backoff.after(failures, random))
                    .isBetween(Duration.ofMillis((long) longest / 2), Duration.ofMillis((long) longest));
        });
    }

    @Test
    void doesNotLetManyComeBackAtTheSameTime() {
        // Given
        var random = new SplittableRandom(7);
        // Then
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> Backoff.after(9, random))
                        .distinct()
                        .count())
                .isGreaterThan(90);
    }
}
