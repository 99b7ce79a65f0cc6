package io.plumbline.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateTableTest {

    @Test
    void everySiteHasARowInTheOrderOfTheirNames() {
        assertThat(StateTable.lines(FleetInWords.staleSouth(), false))
                .containsExactly(
                        "MODEL          SITE   READINGS/S  AGREE    AGREE ON EVENTS  CLIPPED  ACCURACY  VERDICT            BUILD         ROLLOUT",
                        "climate-event  north         640  -        none seen        -        -         INSUFFICIENT       4bf5122f3445  CANARY dbc1b4c",
                        "climate-event  south          12  94.0 %   40.0 % of 100    40.0 %   75.0 %    CALIBRATION_STALE  4bf5122f3445  CANARY dbc1b4c");
    }

    @Test
    void aVerdictThatNeedsAPersonIsRedAndNothingElseIs() {
        // When
        var lines = StateTable.lines(FleetInWords.staleSouth(), true);

        // Then
        assertThat(lines.get(2)).contains("\u001b[31mCALIBRATION_STALE \u001b[0m");
        assertThat(lines.get(0) + lines.get(1)).doesNotContain("\u001b[31m");
    }

    @Test
    void aFleetWithoutStatisticsSaysSo() {
        assertThat(StateTable.lines(FleetInWords.EMPTY, false))
                .hasSize(2)
                .last()
                .isEqualTo("no statistics yet: the first window of device time is still open");
    }
}
