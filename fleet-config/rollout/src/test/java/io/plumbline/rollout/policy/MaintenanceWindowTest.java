package io.plumbline.rollout.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {

    /* 2026-01-01 is a Thursday. */
    @ParameterizedTest
    @CsvSource({
        "22:00-04:00, 2026-01-01T23:00:00Z, true",
        "22:00-04:00, 2026-01-01T03:59:59Z, true",
        "22:00-04:00, 2026-01-01T04:00:00Z, false",
        "Mon-Wed 22:00-04:00, 2026-01-01T03:00:00Z, true",
        "Mon-Wed 22:00-04:00, 2026-01-01T23:00:00Z, false",
        "Sat-Mon 08:00-09:00, 2026-01-04T08:30:00Z, true",
        "Sat-Mon 08:00-09:00, 2026-01-06T08:30:00Z, false",
        "Thu 10:00-11:00 Europe/Berlin, 2026-01-01T09:30:00Z, true",
        "Thu 10:00-11:00 Europe/Berlin, 2026-01-01T10:30:00Z, false",
    })
    void isOpenInItsHours(String window, Instant now, boolean open) {
        assertThat(MaintenanceWindow.parse(window).contains(now)).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "at night", "25:00-26:00", "Mon-Sum 01:00-02:00", "01:00-02:00 Mars/Olympus", "1:00-2:00"})
    void refusesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> MaintenanceWindow.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' must be hours like");
    }

    @Test
    void isReadBackFromItsText() {
        var window = MaintenanceWindow.parse("Mon-Fri 22:00-04:00 Europe/Berlin");
        assertThat(MaintenanceWindow.parse(window.toString())).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({
        "01:00-05:00, 2026-01-01T00:00:00Z, 2026-01-01T01:00:00Z",
        "01:00-05:00, 2026-01-01T01:00:00Z, 2026-01-02T01:00:00Z",
        "Sat-Sun 01:00-05:00, 2026-01-01T00:00:00Z, 2026-01-03T01:00:00Z",
        "Thu 22:00-04:00, 2026-01-01T23:00:00Z, 2026-01-08T22:00:00Z",
        "Mon-Fri 22:00-04:00 Europe/Berlin, 2026-01-01T12:00:00Z, 2026-01-01T21:00:00Z"
    })
    void knowsWhenItOpensNext(String window, Instant now, Instant opens) {
        assertThat(MaintenanceWindow.parse(window).opens(now)).isEqualTo(opens);
    }
}
