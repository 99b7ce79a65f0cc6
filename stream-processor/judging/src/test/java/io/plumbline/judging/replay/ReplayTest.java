package io.plumbline.judging.replay;

import static io.plumbline.judging.replay.Windows.LENGTH;
import static io.plumbline.judging.replay.Windows.START;
import static io.plumbline.judging.replay.Windows.sure;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.policy.JudgingPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

    private final Replay replay =
            new Replay(JudgingPolicy.DEFAULT, (model, build) -> Optional.of(Windows.REFERENCE), Set.of());

    /** The half hour that holds the start of the horizon's first window is not looked at but for that window. */
    @ParameterizedTest
    @CsvSource({"60, 720", "20, 480", "5, 1440"})
    void answersOfWindowsThatBeginBeforeTheHorizonAreNotCountedTwice(int minutes, long answers) {
        // Given
        var length = Duration.ofMinutes(minutes);
        var windows = minutes == 5 ? 9 : 3;

        // When
        Optional<Evaluation> last = Optional.empty();
        for (int i = 0; i <= windows; i++) {
            last = replay.on(sure(i, length), START).outcome().evaluation();
        }

        // Then
        assertThat(last.orElseThrow().windows().allAnswers().total()).isEqualTo(answers);
    }

    @Test
    void aDeltaThatComesAgainAfterTheHorizonCountsOnce() {
        // Given
        for (int i = 0; i < 24; i++) {
            replay.on(sure(i, LENGTH), START);
        }

        // When
        var again = replay.on(sure(0, LENGTH), START);

        // Then
        assertThat(again.outcome().counted()).isFalse();
    }
}
