package io.plumbline.drift.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reference is worth whose values follow each other: 8,000 that forget two thirds in a hundred are about 40 independent ones. */
class ReferenceNoiseTest {

    private static final int STRETCH = 250;
    private static final int STRETCHES = 32;
    private static final int WINDOWS = 200;
    private static final double MEMORY = 0.99;
    private static final double ALPHA = 0.01;
    private static final int RUNS = 60;

    @Test
    void bothSidesAddTheirShare() {
        // Given: chi-squared with one degree of freedom has its 95 % quantile at 3.841458820694124
        var reference = new Counts(500, 500);
        var current = new Counts(50, 50);

        // Then
        assertThat(PopulationStability.noise(reference, current, 40, 5, 0.05))
                .isCloseTo((40.0 / 1_000 + 5.0 / 100) * 3.841458820694124, within(1e-9));
    }

    @Test
    void aReferenceOfThousandsOfIndependentValuesLosesNearlyNothing() {
        // Given
        var random = new Random(3);
        var values = random.doubles(30_000, 0, 1).toArray();
        var edges = new double[] {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
        var stretches = counts(edges, values, STRETCHES);
        var current = new Counts(50, 50, 50, 50, 50, 50, 50, 50, 50, 50);

        // When
        var before = PopulationStability.noise(sum(stretches), current, 1, 3, ALPHA);
        var now = PopulationStability.noise(sum(stretches), current, Dispersion.cautious(stretches), 3, ALPHA);

        // Then
        assertThat(now / before).isBetween(1.0, 1.03);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withItFalseAlarmsStayWithinTheLevelAndAShiftByOneDeviationIsFound(long seed) {
        // Given
        var random = new Random(seed);
        var with = 0;
        var without = 0;
        var found = 0;

        // When
        for (int run = 0; run < RUNS; run++) {
            var values = following(random, STRETCHES * STRETCH, 0);
            var edges = deciles(values);
            var stretches = counts(edges, values, STRETCHES);
            var usual = counts(edges, following(random, WINDOWS * STRETCH, 0), WINDOWS);
            var moved = counts(edges, following(random, WINDOWS * STRETCH, 1), WINDOWS);
            with += hasMoved(stretches, usual, Dispersion.cautious(stretches)) ? 1 : 0;
            without += hasMoved(stretches, usual, 1) ? 1 : 0;
            found += hasMoved(stretches, moved, Dispersion.cautious(stretches)) ? 1 : 0;
        }

        // Then
        assertThat(with).as("seed %d", seed).isLessThanOrEqualTo(1);
        assertThat(without).as("seed %d", seed).isGreaterThan(RUNS / 5);
        assertThat(found).as("seed %d", seed).isGreaterThanOrEqualTo(RUNS - 2);
    }

    private static boolean hasMoved(List<Counts> stretches, List<Counts> windows, double ofReference) {
        var noise = PopulationStability.noise(
                sum(stretches), sum(windows), ofReference, Dispersion.cautious(windows), ALPHA);
        return PopulationStability.index(sum(stretches), sum(windows)) > noise;
    }

    private static double[] following(Random random, int count, double mean) {
        var values = new double[count];
        var value = random.nextGaussian();
        for (int i = 0; i < count; i++) {
            value = MEMORY * value + Math.sqrt(1 - MEMORY * MEMORY) * random.nextGaussian();
            values[i] = mean + value;
        }
        return values;
    }

    private static double[] deciles(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var edges = new double[9];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[(i + 1) * sorted.length / 10];
        }
        return edges;
    }

    private static List<Counts> counts(double[] edges, double[] values, int parts) {
        var all = new ArrayList<Counts>();
        for (int part = 0; part < parts; part++) {
            var bins = new long[edges.length + 1];
            for (int i = part * values.length / parts; i < (part + 1) * values.length / parts; i++) {
                var found = Arrays.binarySearch(edges, values[i]);
                bins[found >= 0 ? found + 1 : -found - 1]++;
            }
            all.add(new Counts(bins));
        }
        return all;
    }

    private static Counts sum(List<Counts> all) {
        return all.stream().reduce(Counts::plus).orElseThrow();
    }
}
