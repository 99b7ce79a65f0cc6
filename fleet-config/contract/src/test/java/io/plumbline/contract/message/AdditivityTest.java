package io.plumbline.contract.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.Samples;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdditivityTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void latenciesMergeToWhatOnePassGivesAndQuantilesHoldWithinABin(long seed) {
        // Given
        var random = new Random(seed);
        var values = random.longs(2_000, 500, 20_000_000_000L).sorted().toArray();
        var one = new long[LatencyHistogram.BINS];
        var two = new long[LatencyHistogram.BINS];
        for (long value : values) {
            (random.nextBoolean() ? one : two)[LatencyHistogram.binOf(value)]++;
        }

        // When
        var merged = new LatencyHistogram(new Counts(one)).plus(new LatencyHistogram(new Counts(two)));

        // Then
        assertThat(merged.count()).isEqualTo(values.length);
        var median = values[values.length / 2 - 1];
        assertThat((double) merged.quantileNanos(0.5)).isBetween(median * 0.999, median * 1.2);
    }

    @Test
    void aLatencyOnAnEdgeOpensItsBin() {
        assertThat(LatencyHistogram.binOf(999)).isZero();
        assertThat(LatencyHistogram.binOf(1_000)).isEqualTo(1);
        assertThat(LatencyHistogram.binOf(2_000)).isEqualTo(5);
        assertThat(LatencyHistogram.binOf(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.BINS - 1);
        assertThat(LatencyHistogram.EMPTY.quantileNanos(0.99)).isZero();
    }

    @Test
    void fidelityAddsClassByClassAndTensorByTensor() {
        var twice = Samples.fidelity().plus(Samples.fidelity());
        assertThat(twice.classes()).contains(new ClassAgreement("event", 4, 2));
        assertThat(twice.clipping().get(0)).isEqualTo(new TensorClipping("act0", 240, 110, 7680, 1224));
        assertThat(twice.sumAbsoluteDelta()).isCloseTo(2.5, within(1e-12));
        assertThat(twice.compared()).isEqualTo(240);
        assertThat(twice.agreed()).isEqualTo(236);
        assertThat(Fidelity.NONE.plus(Samples.fidelity())).isEqualTo(Samples.fidelity());
    }

    @Test
    void whatCameSinceIsTheSumWithoutWhatWasThereBefore() {
        // Given
        var before = Samples.fidelity();
        var more = new Fidelity(
                List.of(new ClassAgreement("event", 3, 3), new ClassAgreement("new", 2, 1)),
                0.5,
                List.of(new TensorClipping("act0", 5, 1, 160, 4)));
        // When
        var since = before.plus(more).since(before);
        // Then
        assertThat(since).isEqualTo(more);
        assertThat(before.since(before)).isEqualTo(Fidelity.NONE);
        assertThat(before.since(Fidelity.NONE)).isEqualTo(before);
    }

    @Test
    void aCountThatBeganAnewHoldsNothingOfBefore() {
        // Given one that is smaller, and one that has fewer misses and could not have lost them
        var smaller = new Fidelity(List.of(new ClassAgreement("event", 1, 1)), 0, List.of());
        var betterThanBefore = new Fidelity(List.of(new ClassAgreement("event", 90, 90)), 0, List.of());
        var before = new Fidelity(List.of(new ClassAgreement("event", 10, 5)), 0, List.of());
        // Then
        assertThat(smaller.since(before)).isEqualTo(smaller);
        assertThat(betterThanBefore.since(before)).isEqualTo(betterThanBefore);
    }

    @Test
    void impossibleCountsCannotExist() {
        assertThatThrownBy(() -> new ClassAgreement("event", 1, 2)).hasMessageContaining("agreed 2");
        assertThatThrownBy(() -> new TensorClipping("a", 1, 2, 3, 3)).hasMessageContaining("clippedWindows");
        assertThatThrownBy(() -> new Counts(1, -1)).hasMessageContaining("-1 must not be negative");
        assertThatThrownBy(() -> Counts.zeros(2).plus(Counts.zeros(3))).hasMessageContaining("3 bins");
        assertThatThrownBy(() -> new TensorHistogram("a", 0, 1, 3, Counts.zeros(2)))
                .hasMessageContaining("power of two");
    }

    @Test
    void accuracyIsAbsentWithoutLabels() {
        var health = new ModelHealth(
                Samples.COHORT,
                Samples.AT,
                Samples.AT,
                0,
                Fidelity.NONE,
                List.of(),
                LatencyHistogram.EMPTY,
                Verdict.INSUFFICIENT,
                List.of(),
                Optional.empty());
        assertThat(health.accuracy()).isEmpty();
    }
}
