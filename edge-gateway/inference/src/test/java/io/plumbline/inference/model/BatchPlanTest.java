package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    @Test
    void whereACallCostsMoreThanItsRowsOneIsFilledUp() {
        var plan = BatchPlan.of(new TreeMap<>(Map.of(1, 20L, 2, 23L, 4, 26L, 8, 34L)));
        assertThat(plan.first(1)).isEqualTo(1);
        assertThat(plan.first(3)).isEqualTo(4);
        assertThat(plan.first(5)).isEqualTo(8);
        assertThat(plan.first(100)).isEqualTo(8);
    }

    @Test
    void whereRowsCostAllNoneIsAddedInVain() {
        var plan = BatchPlan.of(new TreeMap<>(Map.of(1, 10L, 2, 19L, 4, 37L, 8, 73L)));
        assertThat(plan.first(3)).isLessThanOrEqualTo(2);
        assertThat(plan.first(5)).isIn(1, 4);
        assertThat(plan.first(8)).isEqualTo(8);
    }

    @Test
    void withoutABatchOfOneALonelyWindowTakesTheSmallest() {
        assertThat(BatchPlan.of(new TreeMap<>(Map.of(2, 23L, 4, 26L))).first(1)).isEqualTo(2);
    }
}
