package io.plumbline.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.inference.card.ImageInput.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    private static double[] resized(double[] line, int target, Interpolation interpolation) {
        var axis = Axis.of(line.length, target, interpolation);
        var result = new double[target];
        for (int i = 0; i < target; i++) {
            for (int tap = 0; tap < axis.taps(i); tap++) {
                result[i] += axis.weight(i, tap) * line[Math.min(axis.first(i) + tap, line.length - 1)];
            }
        }
        return result;
    }

    @Test
    void areaTakesTheMeanOfWhatAPixelCovers() {
        assertThat(resized(new double[] {1, 3, 10, 20}, 2, Interpolation.AREA)).containsExactly(2, 15);
        assertThat(resized(new double[] {3, 6, 9}, 2, Interpolation.AREA))
                .containsExactly(new double[] {4, 8}, within(1e-6));
    }

    @Test
    void bilinearLooksAtTheTwoNearestCentres() {
        assertThat(resized(new double[] {0, 10, 20, 30}, 2, Interpolation.BILINEAR))
                .containsExactly(5, 25);
        assertThat(resized(new double[] {0, 10}, 4, Interpolation.BILINEAR)).containsExactly(0, 2.5, 7.5, 10);
        assertThat(resized(new double[] {7}, 3, Interpolation.BILINEAR)).containsExactly(7, 7, 7);
    }

    @Test
    void anAxisThatGrowsIsBilinearEitherWay() {
        assertThat(resized(new double[] {0, 10}, 4, Interpolation.AREA)).containsExactly(0, 2.5, 7.5, 10);
    }

    @ParameterizedTest
    @CsvSource({"640, 352", "480, 352", "352, 352", "31, 30", "1000, 1", "1, 5", "3, 1000", "768, 640"})
    void weightsAddUpToOneAndStayInside(int source, int target) {
        for (var interpolation : Interpolation.values()) {
            var axis = Axis.of(source, target, interpolation);
            for (int i = 0; i < target; i++) {
                double sum = 0;
                for (int tap = 0; tap < axis.taps(i); tap++) {
                    sum += axis.weight(i, tap);
                    assertThat(axis.first(i) + tap).isLessThan(Math.max(2, source));
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }
}
