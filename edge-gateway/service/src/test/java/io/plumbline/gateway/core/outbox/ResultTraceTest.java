package io.plumbline.gateway.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.EventId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultTraceTest {

    private static final int MOST_VALUES = 8191;

    @ParameterizedTest
    @EnumSource(Placing.class)
    void asManyValuesAsThereMayBeComeBackWithTheirPlaceAndTheDroppedFrames(Placing placing) {
        // Given
        var values = new float[MOST_VALUES];
        values[MOST_VALUES - 1] = 1.5f;

        // When
        var back = ResultTrace.from(trace(values).placed(placing).toBytes());

        // Then
        assertThat(back.values()).containsExactly(values);
        assertThat(back.placing()).isEqualTo(placing);
        assertThat(back.dropped()).containsExactly(new EventId("older"));
        assertThat(back.packet()).isEqualTo(65_535);
    }

    @Test
    void moreValuesThanItsNumberCanSayAreRefused() {
        assertThatThrownBy(() -> trace(new float[MOST_VALUES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("8192 values are more than the 8191 of a reading");
    }

    private static ResultTrace trace(float[] values) {
        return new ResultTrace(65_535, Duration.ofMinutes(5), values, Optional.empty(), List.of(new EventId("older")));
    }
}
