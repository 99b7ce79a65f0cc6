package io.plumbline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WallTimeTest {

    @ParameterizedTest
    @CsvSource({"300s, PT300S", "5m, PT5M", "0s, PT0S", "999999s, PT999999S"})
    void understandsSecondsAndMinutes(String text, Duration duration) {
        assertThat(new WallTime().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "300", "-5s", "5h", "1.5m", "5 m", "PT5M", "1000000s"})
    void refusesEverythingElseWithTheValueAndAnExample(String text) {
        assertThatThrownBy(() -> new WallTime().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' must be a number of seconds or minutes, such as 300s or 5m");
    }
}
