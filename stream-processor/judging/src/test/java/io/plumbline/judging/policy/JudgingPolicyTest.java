package io.plumbline.judging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgingPolicyTest {

    @Test
    void everySettingComesBackAsItWasWritten() {
        var other = JudgingPolicy.DEFAULT.with(Map.of(
                "horizon", "PT1H",
                "confidence-horizon", "PT3H",
                "retention", "P2D",
                "label-retention", "PT6H",
                "confirmations", "3",
                "min-compared", "400",
                "clip-floor", "0.1",
                "agreement-floor", "0.9",
                "psi-floor", "1.5",
                "cooldown", "PT0S"));

        assertThat(JudgingPolicy.of(other.settings())).isEqualTo(other).isNotEqualTo(JudgingPolicy.DEFAULT);
        assertThat(JudgingPolicy.of(Map.of())).isEqualTo(JudgingPolicy.DEFAULT);
        assertThat(JudgingPolicy.DEFAULT.settings()).containsKeys(JudgingPolicy.SETTINGS.toArray(String[]::new));
        assertThat(other.recalibration().freshness()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aModelMayLookBackFurtherThanOthersAreRemembered() {
        // When
        var day = JudgingPolicy.DEFAULT.with(Map.of("retention", "PT12H")).ofModel(Map.of("horizon", "P1D"));
        // Then
        assertThat(day.evaluation().horizon()).isEqualTo(Duration.ofDays(1));
        assertThat(day.evaluation().retention()).isEqualTo(Duration.ofDays(1));
        assertThat(day.recalibration().freshness()).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> JudgingPolicy.DEFAULT.ofModel(Map.of("retention", "P1D")))
                .isInstanceOf(BrokenSettingException.class)
                .hasMessageStartingWith("retention is 'P1D'; it cannot be a model's own: must be one of horizon,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clip-floor      | 2     | clip-floor is '2'; it must be a number from 0 to 1",
                "clip-floor      | low   | clip-floor is 'low'; it must be a number from 0 to 1",
                "confirmations   | 0     | confirmations is '0'; it must be a whole number from 1 to 1000000",
                "horizon         | soon  | horizon is 'soon'; it must be an ISO-8601 duration of at least PT1M, such as PT30M",
                "retention       | PT1M  | retention is 'PT1M'; it must be an ISO-8601 duration of at least PT30M, such as PT30M",
                "clip-flor       | 0.1   | clip-flor is '0.1'; it is no setting of the processor: must be one of horizon,",
                "accuracy-floor  | 0.1   | accuracy-floor is '0.1'; it is no setting of the processor: must be one of horizon,"
            })
    void aSettingThatCannotBeIsNamedWithItsRule(String name, String text, String line) {
        assertThatThrownBy(() -> JudgingPolicy.DEFAULT.with(Map.of(name, text)))
                .isInstanceOf(BrokenSettingException.class)
                .hasMessageStartingWith(line);
    }
}
