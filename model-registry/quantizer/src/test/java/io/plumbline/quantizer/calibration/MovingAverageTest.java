package io.plumbline.quantizer.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.quantizer.arithmetic.ActivationRange;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingAverageTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stretchesAppendedInOrderGiveWhatOnePassGives(long seed) {
        // Given
        var random = new Random(seed);
        var batches = new ArrayList<ActivationRange>();
        for (int i = 0; i < 30; i++) {
            batches.add(new ActivationRange(-random.nextDouble(), 1 + random.nextDouble()));
        }
        var low = batches.get(0).min();
        for (var batch : batches.subList(1, 30)) {
            low += 0.1 * (batch.min() - low);
        }

        // When
        var split = 1 + random.nextInt(28);
        var onePass = average(batches);
        var appended = average(batches.subList(0, split)).then(average(batches.subList(split, 30)));

        // Then
        assertThat(onePass.range().min()).isCloseTo(low, within(1e-12));
        assertThat(appended.range().min()).isCloseTo(low, within(1e-12));
        assertThat(appended.range().max()).isCloseTo(onePass.range().max(), within(1e-12));
    }

    @Test
    void theFirstBatchIsWhereItStarts() {
        var first = new ActivationRange(-2, 4);
        assertThat(MovingAverage.startingAt(first, 0.01).range()).isEqualTo(first);
        assertThatThrownBy(() -> MovingAverage.startingAt(first, 0)).hasMessage("smoothing 0.0 must be in (0, 1]");
    }

    private static MovingAverage average(Iterable<ActivationRange> batches) {
        var each = batches.iterator();
        var average = MovingAverage.startingAt(each.next(), 0.1);
        while (each.hasNext()) {
            average = average.then(each.next());
        }
        return average;
    }
}
