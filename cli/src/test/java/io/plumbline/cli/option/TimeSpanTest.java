package io.plumbline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "30m, PT30M",
        "12H, PT12H",
        "14d, P14D",
        "1h30m, PT1H30M",
        "P1DT2H, P1DT2H",
        "36500d, P36500D"
    })
    void readsTimesAsPeopleTypeThem(String text, Duration span) {
        assertThat(new TimeSpan().convert(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "14",
                "soon",
                "-3d",
                "0m",
                "d",
                "36501d",
                "106751991167300d",
                "99999999999999999999h",
                "2562047788015216h"
            })
    void refusesWhatIsNoTimeInOneSentence(String text) {
        assertThatThrownBy(() -> new TimeSpan().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' must be a time such as 30m, 2h or 14d, at most 36500d");
    }
}
