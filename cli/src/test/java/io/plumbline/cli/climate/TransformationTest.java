package io.plumbline.cli.climate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.climate.ClimateReadings.Reading;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shiftsBothValuesAndKeepsHumidityPossible(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            // Given
            var transformation =
                    new Transformation("somewhere", random.nextDouble(-60, 60), random.nextDouble(-20, 20));
            var reading = new Reading(random.nextDouble(0, 100), random.nextDouble(-20, 60), random.nextBoolean());

            // When
            var moved = transformation.apply(reading);

            // Then
            var humidity = Math.max(0, Math.min(100, reading.humidity() + transformation.humidity()));
            assertThat(moved.humidity()).isBetween(0.0, 100.0).isCloseTo(humidity, Offset.offset(0.005001));
            assertThat(moved.temperature())
                    .isCloseTo(reading.temperature() + transformation.temperature(), Offset.offset(0.005001));
            assertThat(moved.event()).isEqualTo(reading.event());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theRecordedClimateLeavesEveryReadingAsItIs(long seed) {
        var random = new Random(seed);
        var reading = new Reading(random.nextDouble(0, 100), random.nextDouble(-20, 60), random.nextBoolean());
        assertThat(Transformation.NONE.apply(reading)).isEqualTo(reading);
    }
}
