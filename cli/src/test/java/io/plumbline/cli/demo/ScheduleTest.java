package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void theShortestDurationThatARefusalNamesIsAccepted(int turns) {
        // Given
        var refusal = catchRefusal(turns, Duration.ofSeconds(1));

        // When
        var needed =
                Pattern.compile("at least (\\d+)s").matcher(refusal).results().findFirst();
        assertThat(needed).isPresent();
        var schedule = Schedule.of(
                turns, Duration.ofSeconds(Long.parseLong(needed.get().group(1))), NOW);

        // Then
        assertThat(schedule.turns()).isEqualTo(turns);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void allReadingsAreReplayedWithinTheDuration(int turns) {
        // Given
        var duration = Duration.ofSeconds(120L * turns);

        // When
        var schedule = Schedule.of(turns, duration, NOW);

        // Then
        var device = schedule.stretch(Turn.of(1), List.of()).length().multipliedBy(turns);
        assertThat(device.toSeconds() / schedule.speed()).isLessThan(duration.toSeconds());
    }

    @Test
    void turnsFollowEachOtherWithAPauseAndEndInThePast() {
        // Given
        var schedule = Schedule.of(3, Duration.ofSeconds(300), NOW);

        // When
        var first = schedule.stretch(Turn.of(1), List.of());
        var second = schedule.stretch(Turn.of(2), List.of());
        var third = schedule.stretch(Turn.of(3), List.of());

        // Then
        assertThat(Duration.between(first.start().plus(first.length()), second.start()))
                .isEqualTo(Duration.ofHours(2));
        assertThat(third.start().plus(third.length())).isBefore(NOW);
        assertThat(first.transformation().changesSomething()).isFalse();
        assertThat(second.transformation().changesSomething()).isTrue();
        assertThat(third.transformation()).isNotEqualTo(second.transformation());
    }

    @Test
    void moreTimeThanNeededIsNotUsedUp() {
        assertThat(Schedule.of(1, Duration.ofHours(5), NOW).speed()).isGreaterThan(100);
    }

    private static String catchRefusal(int turns, Duration duration) {
        var refusal = new String[1];
        assertThatThrownBy(() -> Schedule.of(turns, duration, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> refusal[0] = e.getMessage());
        return refusal[0];
    }
}
