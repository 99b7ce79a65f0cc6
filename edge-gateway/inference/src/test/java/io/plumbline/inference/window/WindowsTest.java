package io.plumbline.inference.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final DeviceId DEVICE = new DeviceId("d");

    @Test
    void aWindowHoldsTheNewestReadingsOldestFirst() {
        var window = new SlidingWindow(3, 2, INTERVAL);
        assertThat(window.add(START, new float[] {1, 2})).isEmpty();
        assertThat(window.add(START.plusSeconds(5), new float[] {3, 4})).isEmpty();
        assertThat(window.add(START.plusSeconds(10), new float[] {5, 6}))
                .contains(Tensor.of(new long[] {1, 3, 2}, new float[] {1, 2, 3, 4, 5, 6}));
        assertThat(window.add(START.plusSeconds(15), new float[] {7, 8}))
                .contains(Tensor.of(new long[] {1, 3, 2}, new float[] {3, 4, 5, 6, 7, 8}));
    }

    @Test
    void aWindowNeverSpansAGap() {
        var window = new SlidingWindow(2, 1, INTERVAL);
        window.add(START, new float[] {1});
        assertThat(window.add(START.plusSeconds(12), new float[] {2})).isPresent();
        assertThat(window.add(START.plusSeconds(25), new float[] {3})).isEmpty();
        assertThat(window.add(START.plusSeconds(30), new float[] {4})).isPresent();
    }

    @Test
    void aReservoirIsBoundedAndItsHalvesAreDisjoint() {
        var reservoir = fill(100, 2_000, Duration.ofDays(1));
        var calibration = new HashSet<>(reservoir.calibration());
        var holdout = new HashSet<>(reservoir.holdout());
        assertThat(calibration.size() + holdout.size()).isEqualTo(100);
        assertThat(calibration).hasSizeBetween(20, 80).doesNotContainAnyElementsOf(holdout);
    }

    @Test
    void aReservoirForgetsWhatIsOlderThanItsHorizon() {
        var reservoir = fill(1_000, 1_000, Duration.ofMinutes(10));
        var kept = reservoir.calibration().size() + reservoir.holdout().size();
        assertThat(kept).isEqualTo(121);
        assertThat(reservoir.holdout())
                .allSatisfy(window -> assertThat(window.get(0)).isGreaterThanOrEqualTo(879));
    }

    @Test
    void everyWindowOfTheHorizonHasTheSameChance() {
        double sum = 0;
        for (int seed = 0; seed < 50; seed++) {
            var reservoir = new Reservoir(50, Duration.ofDays(1), INTERVAL, seed);
            for (int i = 0; i < 1_000; i++) {
                reservoir.add(DEVICE, START.plusSeconds(5L * i), one(i));
            }
            for (var window : concat(reservoir)) {
                sum += window.get(0);
            }
        }
        assertThat(sum / (50 * 50)).isBetween(465.0, 535.0);
    }

    @Test
    void aProfileHasBinsOfEqualFrequencyAndCountersUseThem() {
        var values = new float[100];
        for (int i = 0; i < 100; i++) {
            values[i] = i;
        }
        var counter = new FeatureCounter(new ReferenceProfile.Feature("f", List.of(0.0, 10.0), new Counts(1, 1, 1)));
        for (double value : new double[] {-1, 0, 9.9, 10, 99, Double.NaN}) {
            counter.add(value);
        }
        assertThat(counter.sketch().bins()).isEqualTo(new Counts(1, 2, 2));
        assertThat(counter.sketch().notFinite()).isEqualTo(1);
        assertThat(counter.sketch().sum()).isEqualTo(117.9);
    }

    @Test
    void aReadingOfTheWrongWidthIsABug() {
        assertThatThrownBy(() -> new SlidingWindow(2, 2, INTERVAL).add(START, new float[1]))
                .hasMessageContaining("is a bug");
    }

    private static Reservoir fill(int capacity, int windows, Duration horizon) {
        var reservoir = new Reservoir(capacity, horizon, INTERVAL, 7);
        for (int i = 0; i < windows; i++) {
            reservoir.add(DEVICE, START.plusSeconds(5L * i), one(i));
        }
        return reservoir;
    }

    private static List<Tensor> concat(Reservoir reservoir) {
        var all = new java.util.ArrayList<>(reservoir.calibration());
        all.addAll(reservoir.holdout());
        return all;
    }

    private static Tensor one(int value) {
        return Tensor.of(new long[] {1}, new float[] {value});
    }
}
