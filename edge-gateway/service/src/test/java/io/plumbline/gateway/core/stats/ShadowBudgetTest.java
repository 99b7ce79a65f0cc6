package io.plumbline.gateway.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.gateway.testing.Motes;
import org.junit.jupiter.api.Test;

class ShadowBudgetTest {

    private static final long MILLI = 1_000_000;

    private final ShadowBudget budget = new ShadowBudget(0.1);
    private long now;
    private int sequence;

    @Test
    void fp32ThatWouldCostTwoCoresTakesATenthOfOne() {
        // Given
        seconds(20, 1_000, 2 * MILLI, 1);

        // When
        var spent = seconds(20, 1_000, 2 * MILLI, 1);

        // Then
        assertThat(spent).isCloseTo(0.1, within(0.02));
        assertThat(budget.factor()).isCloseTo(0.05, within(0.02));
    }

    @Test
    void aCheapModelIsComparedAsOftenAsTheStreamAsks() {
        seconds(5, 1_000, MILLI / 100, 0.5);
        assertThat(budget.factor()).isEqualTo(1);
    }

    @Test
    void theShareComesBackWhenTheLoadGoes() {
        // Given
        seconds(20, 1_000, 10 * MILLI, 1);
        assertThat(budget.factor()).isLessThan(0.05);

        // When
        seconds(20, 5, 10 * MILLI, 1);

        // Then
        assertThat(budget.factor()).isEqualTo(1);
    }

    @Test
    void oneCostlyInputDoesNotEndTheSampleForGood() {
        // Given
        budget.spent(60_000 * MILLI, now);

        // When
        seconds(20, 1_000, MILLI / 100, 1);

        // Then
        assertThat(budget.factor()).isEqualTo(1);
    }

    /** The share of a core that FP32 took. */
    private double seconds(int seconds, int perSecond, long cost, double share) {
        var total = 0L;
        for (int i = 0; i < seconds * perSecond; i++) {
            now += 1_000 * MILLI / perSecond;
            var taken = budget.takes(Motes.event("north-1", sequence++), share) ? cost : 0;
            total += taken;
            budget.spent(taken, now);
        }
        return (double) total / (1_000L * MILLI * seconds);
    }
}
