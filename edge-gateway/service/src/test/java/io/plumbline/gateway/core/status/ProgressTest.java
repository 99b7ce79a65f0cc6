package io.plumbline.gateway.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final Progress progress = new Progress();

    @Test
    void theRateIsThatOfTheLastTenSeconds() {
        assertThat(progress.readingsPerSecond()).isZero();
        for (int second = 0; second <= 100; second++) {
            progress.note(at(second), second < 50 ? 0 : 20L * (second - 50), 0);
        }
        assertThat(progress.readingsPerSecond()).isEqualTo(20);
        progress.note(at(101), 20L * 50, 0);
        assertThat(progress.readingsPerSecond()).isBetween(17.0, 19.0);
    }

    @Test
    void whatWaitsIsAsOldAsTheMomentBeforeItWasWritten() {
        // Given: ten records a second
        for (int second = 0; second <= 60; second++) {
            progress.note(at(second), 0, 10L * second);
        }

        // When, Then
        assertThat(progress.age(600, 600, at(60))).isEmpty();
        assertThat(progress.age(405, 600, at(60))).contains(Duration.ofSeconds(20));
    }

    @Test
    void whatWaitedAtTheStartCountsFromThen() {
        progress.note(at(0), 0, 1000);
        progress.note(at(30), 0, 1000);
        assertThat(progress.age(10, 1000, at(30))).contains(Duration.ofSeconds(30));
    }

    @Test
    void aWeekWithoutKafkaTakesNoMoreMemoryAndKeepsTheAgeRoughly() {
        // Given
        var week = (int) Duration.ofDays(7).toMinutes() * 60;

        // When
        for (int second = 0; second <= week; second += 20) {
            progress.note(at(second), 0, second);
        }

        // Then
        assertThat(progress.moments()).isLessThanOrEqualTo(512);
        var age = progress.age(week / 2, week, at(week)).orElseThrow();
        assertThat((double) age.toSeconds()).isCloseTo(week / 2.0, within(week * 0.1));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
