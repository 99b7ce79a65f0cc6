package io.plumbline.gateway.core.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTimeTest {

    @Test
    void readsWhatTheJdkWrites() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            // Given
            var unit = new int[] {1, 1_000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            var nanos = random.nextInt(1_000_000_000) / unit * unit;
            var instant = Instant.ofEpochSecond(random.nextLong() % 100_000_000_000L, nanos);

            // Then
            assertThat(DeviceTime.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00.5Z",
                "2026-01-01T00:00:00.123456789Z",
                "2024-02-29T23:59:59Z",
                "2016-12-31T23:59:60Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T01:00:00+01:00",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01t00:00:00z",
                "+12026-01-01T00:00:00Z"
            })
    void agreesWithTheJdk(String text) {
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeException e) {
            assertThatThrownBy(() -> DeviceTime.parse(text)).isInstanceOf(DateTimeException.class);
            return;
        }
        assertThat(DeviceTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:61:00Z",
                "2026-01-01T00:00:0aZ"
            })
    void refusesWhatTheJdkRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> DeviceTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
