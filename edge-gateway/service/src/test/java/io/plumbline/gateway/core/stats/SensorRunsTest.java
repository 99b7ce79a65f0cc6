package io.plumbline.gateway.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.wire.Counts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorRunsTest {

    private static final long WINDOW = 300_000;

    private final List<String> faults = new ArrayList<>();
    private SensorRuns runs = new SensorRuns();

    @Test
    void aValueThatRepeatsLongerThanTheReferenceMakesProbableIsStuck() {
        // Given: half of the readings repeat, so that 60 equal ones come once in 10^18
        var limits = limits(Optional.of(0.5));

        // When
        repeat(limits, 59);
        var before = List.copyOf(faults);
        repeat(limits, 3);
        add(limits, 2, 0);
        repeat(limits, 59);

        // Then
        assertThat(before).isEmpty();
        assertThat(faults).containsExactly("STUCK humidity 0", "STUCK humidity 0", "STUCK humidity 0");
    }

    @Test
    void aFeatureThatHardlyEverChangesOrIsNotKnownToIsNeverStuck() {
        repeat(limits(Optional.of(0.9995)), 100_000);
        runs = new SensorRuns();
        repeat(limits(Optional.empty()), 100_000);
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aHealthySensorIsNotCalledStuck(long seed) {
        // Given
        var random = new Random(seed);
        var share = random.nextDouble() * 0.95;
        var limits = limits(Optional.of(share));

        // When
        var value = 0f;
        for (int i = 0; i < 200_000; i++) {
            value += random.nextDouble() < share ? 0 : 1;
            add(limits, value, 0);
        }

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void aWindowInWhichNothingChangesIsFlatOnceItIsOver() {
        // Given
        var limits = limits(Optional.empty());

        // When
        add(limits, 2, 0);
        for (int i = 0; i < 8; i++) {
            add(limits, 1, WINDOW);
        }
        var during = List.copyOf(faults);
        add(limits, 1, 2 * WINDOW);
        add(limits, 1, 3 * WINDOW);

        // Then: and one reading makes no flat window
        assertThat(during).isEmpty();
        assertThat(faults).containsExactly("FLAT humidity 300000");
    }

    @Test
    void aWindowWithOneChangeIsNotFlat() {
        var limits = limits(Optional.empty());
        add(limits, 2, 0);
        for (int i = 0; i < 60; i++) {
            add(limits, 1, 0);
        }
        add(limits, 1, WINDOW);
        assertThat(faults).isEmpty();
    }

    @Test
    void whatWasSavedGoesOnWhereItWas() throws IOException {
        // Given
        var limits = limits(Optional.of(0.5));
        repeat(limits, 59);
        var bytes = new ByteArrayOutputStream();
        runs.write(new DataOutputStream(bytes));

        // When
        runs = new SensorRuns();
        runs.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        repeat(limits, 1);
        add(limits, 2, WINDOW);

        // Then
        assertThat(faults).containsExactly("STUCK humidity 0", "FLAT humidity 0");
    }

    private void repeat(SensorLimits limits, int times) {
        for (int i = 0; i < times; i++) {
            add(limits, 1, 0);
        }
    }

    private void add(SensorLimits limits, float value, long window) {
        runs.add(
                new float[] {value},
                limits,
                window,
                (start, feature, kind) -> faults.add(kind + " " + feature + " " + start));
    }

    private static SensorLimits limits(Optional<Double> repeats) {
        return new SensorLimits(new ReferenceProfile(List.of(
                new ReferenceProfile.Feature("humidity", List.of(), new Counts(1), repeats, Optional.empty()))));
    }
}
