package io.plumbline.inference.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.inference.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservoirTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final DeviceId DEVICE = new DeviceId("mote-1");

    /** A window of one value, its number. */
    private record Numbered(DeviceId device, Instant time, int number) {
        void addTo(Reservoir<Tensor> reservoir) {
            reservoir.add(device, time, one(number));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterALongLifeTheSampleIsWhatTheLastHorizonAloneGives(long seed) {
        // Given a rate that changes: bursts and lulls
        var random = new Random(seed);
        var windows = new ArrayList<Numbered>();
        var time = START;
        for (int i = 0; i < 20_000; i++) {
            var step = (i / 1_500) % 2 == 0 ? 200 : 5_000;
            time = time.plusMillis(random.nextInt(step) + 1L);
            windows.add(new Numbered(new DeviceId("mote-" + random.nextInt(5)), time, i));
        }
        var oldest = time.minus(HOUR);

        // When
        var old = new Reservoir<Tensor>(100, HOUR, INTERVAL, seed);
        windows.forEach(window -> window.addTo(old));

        // Then
        var young = new Reservoir<Tensor>(100, HOUR, INTERVAL, seed);
        windows.stream().filter(window -> !window.time.isBefore(oldest)).forEach(window -> window.addTo(young));
        assertThat(old.calibration()).isEqualTo(young.calibration());
        assertThat(old.holdout()).isEqualTo(young.holdout());
        assertThat(numbers(old)).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameWindowsGiveTheSameSampleInWhateverOrderTheyCome(long seed) {
        var windows = new ArrayList<Numbered>();
        for (int i = 0; i < 700; i++) {
            windows.add(new Numbered(DEVICE, START.plusSeconds(5L * i), i));
        }
        var inOrder = new Reservoir<Tensor>(60, HOUR, INTERVAL, seed);
        windows.forEach(window -> window.addTo(inOrder));
        Collections.shuffle(windows, new Random(seed));
        var shuffled = new Reservoir<Tensor>(60, HOUR, INTERVAL, seed);
        windows.forEach(window -> window.addTo(shuffled));
        assertThat(shuffled.calibration()).isEqualTo(inOrder.calibration());
        assertThat(shuffled.holdout()).isEqualTo(inOrder.holdout());
    }

    @Test
    void noReadingIsInBothHalves() {
        // Given
        var reservoir = new Reservoir<Tensor>(4_000, Duration.ofDays(1), INTERVAL.multipliedBy(16), 7);
        var window = new SlidingWindow(16, 1, INTERVAL);
        for (int i = 0; i < 4_000; i++) {
            var time = START.plusSeconds(5L * i);
            window.add(time, new float[] {i}).ifPresent(full -> reservoir.add(DEVICE, time, full));
        }

        // When
        var calibration = readings(reservoir.calibration());
        var holdout = readings(reservoir.holdout());

        // Then
        assertThat(calibration).doesNotContainAnyElementsOf(holdout);
        assertThat(calibration.size()).isBetween(1_000, 3_000);
        assertThat(holdout.size()).isBetween(1_000, 3_000);
        assertThat(calibration.size() + holdout.size()).isGreaterThan(3_800);
    }

    @Test
    void bothHalvesSeeEveryPartOfAShortStretchOfTime() {
        // Given half an hour, whatever hour of the day it is
        for (int hour = 0; hour < 24; hour++) {
            var start = START.plus(Duration.ofHours(hour));
            var reservoir = new Reservoir<Tensor>(1_000, HOUR, INTERVAL.multipliedBy(16), 7);
            for (int i = 0; i < 360; i++) {
                reservoir.add(DEVICE, start.plusSeconds(5L * i), one(i));
            }

            // Then no five minutes are missing in either
            for (var half : List.of(reservoir.calibration(), reservoir.holdout())) {
                var seen = new TreeSet<Integer>();
                half.forEach(window -> seen.add((int) window.get(0) / 60));
                assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5);
            }
        }
    }

    @Test
    void everyWindowOfTheHorizonHasTheSameChance() {
        // Given 200 samples of 50 out of the 720 windows of the last hour
        var chosen = new int[6];
        for (int seed = 0; seed < 200; seed++) {
            var reservoir = fill(new Reservoir<Tensor>(50, HOUR, INTERVAL, seed), 3_000);
            for (var number : numbers(reservoir)) {
                chosen[(number - 2_279) * chosen.length / 721]++;
            }
        }

        // Then each sixth has a sixth of them, within five standard deviations and what the edges of halves cost
        assertThat(chosen).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(1_400, 1_950);
            }
        });
    }

    @Test
    void whatIsOlderThanTheHorizonIsForgotten() {
        var reservoir = fill(new Reservoir<Tensor>(1_000, Duration.ofMinutes(10), INTERVAL, 7), 1_000);
        assertThat(numbers(reservoir)).allSatisfy(number -> assertThat(number).isBetween(879, 999));
        assertThat(numbers(reservoir)).hasSizeBetween(55, 65);
    }

    @Test
    void aDeviceWhoseClockIsYearsAheadSpoilsNothing() {
        var reservoir = new Reservoir<Tensor>(200, HOUR, INTERVAL, 7);
        for (int i = 0; i < 5_000; i++) {
            var time = START.plusSeconds(5L * i);
            reservoir.add(DEVICE, time, one(i));
            reservoir.add(new DeviceId("mote-2"), time, one(i));
            reservoir.add(new DeviceId("broken"), time.plus(Duration.ofDays(20_000)), one(-1));
        }
        assertThat(numbers(reservoir))
                .hasSize(200)
                .allSatisfy(number -> assertThat(number).isBetween(4_279, 4_999));
    }

    @Test
    void whenEveryClockJumpsTheOldSeasonIsForgotten() {
        var reservoir = fill(new Reservoir<Tensor>(200, HOUR, INTERVAL, 7), 1_000);
        for (int i = 0; i < 100; i++) {
            reservoir.add(DEVICE, START.plus(Duration.ofHours(9)).plusSeconds(5L * i), one(5_000 + i));
        }
        assertThat(numbers(reservoir))
                .hasSizeBetween(45, 55)
                .allSatisfy(number -> assertThat(number).isGreaterThanOrEqualTo(5_000));
    }

    @Test
    void memoryStaysBoundedHoweverLongItRuns() {
        var reservoir = new Reservoir<Tensor>(16, Duration.ofDays(10_000), INTERVAL, 7);
        var most = 0;
        for (int i = 0; i < 100_000; i++) {
            reservoir.add(DEVICE, START.plusSeconds(5L * i), one(i));
            most = Math.max(most, reservoir.held());
        }
        assertThat(most).isBetween(16, 160);
    }

    @Test
    void whatIsTooHeavyLeavesByPriorityAndBothHalvesGoOn() {
        // Given frames of 10 to 60 bytes
        var reservoir = new Reservoir<byte[]>(200, HOUR, INTERVAL, 7).bounded(2_000, frame -> frame.length);
        var random = new Random(3);

        // When
        for (int i = 0; i < 5_000; i++) {
            reservoir.add(DEVICE, START.plusSeconds(i), new byte[10 + random.nextInt(51)]);
        }

        // Then
        var sample = new ArrayList<>(reservoir.calibration());
        sample.addAll(reservoir.holdout());
        assertThat(sample.stream().mapToInt(frame -> frame.length).sum()).isBetween(500, 2_000);
        assertThat(reservoir.calibration()).hasSizeGreaterThan(5);
        assertThat(reservoir.holdout()).hasSizeGreaterThan(5);
    }

    @Test
    void anImpossibleReservoirIsRefused() {
        assertThatThrownBy(() -> new Reservoir<Tensor>(1, HOUR, INTERVAL, 7))
                .hasMessage("reservoir capacity 1 must be at least 2");
        assertThatThrownBy(() -> new Reservoir<Tensor>(2, Duration.ZERO, INTERVAL, 7))
                .hasMessageContaining("horizon PT0S");
    }

    private static Reservoir<Tensor> fill(Reservoir<Tensor> reservoir, int windows) {
        for (int i = 0; i < windows; i++) {
            reservoir.add(DEVICE, START.plusSeconds(5L * i), one(i));
        }
        return reservoir;
    }

    private static List<Integer> numbers(Reservoir<Tensor> reservoir) {
        var numbers = new ArrayList<Integer>();
        reservoir.calibration().forEach(window -> numbers.add((int) window.get(0)));
        reservoir.holdout().forEach(window -> numbers.add((int) window.get(0)));
        return numbers;
    }

    private static Set<Float> readings(List<Tensor> windows) {
        var readings = new HashSet<Float>();
        for (var window : windows) {
            for (int i = 0; i < window.size(); i++) {
                readings.add(window.get(i));
            }
        }
        return readings;
    }

    private static Tensor one(int value) {
        return Tensor.of(new long[] {1}, new float[] {value});
    }
}
