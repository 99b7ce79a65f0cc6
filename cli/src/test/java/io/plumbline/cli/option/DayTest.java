package io.plumbline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayTest {

    /** A Tuesday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @CsvSource({
        "2026-02-28, 2026-02-28",
        "today, 2026-11-24",
        "Yesterday, 2026-11-23",
        "monday, 2026-11-23",
        "last Wednesday, 2026-11-18",
        "tuesday, 2026-11-17"
    })
    void aDayIsTheOneThatPeopleMean(String text, LocalDate day) {
        assertThat(Day.of(text, TODAY)).isEqualTo(day);
    }

    @Test
    void whatIsNoDayIsSaidWithExamples() {
        assertThatThrownBy(() -> Day.of("2026-02-30", TODAY))
                .hasMessage("'2026-02-30' must be a day such as 2026-11-17, yesterday or tuesday");
    }
}
