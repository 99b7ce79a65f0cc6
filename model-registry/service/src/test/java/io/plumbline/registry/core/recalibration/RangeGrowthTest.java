package io.plumbline.registry.core.recalibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.TensorRange;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeGrowthTest {

    private final List<TensorRange> inService = List.of(new TensorRange("a", 0, 4), new TensorRange("b", -1, 1));

    @Test
    void anotherSeasonIsTakenForOne() {
        assertThat(RangeGrowth.objection(inService, List.of(observed("a", 0, 40), observed("b", -2, 9))))
                .isEmpty();
    }

    @Test
    void anInputRangeManyTimesWiderIsRefusedByNameAndNumbers() {
        assertThat(RangeGrowth.objection(inService, List.of(observed("b", -1, 1), observed("a", -20, 60))))
                .hasValueSatisfying(because -> assertThat(because)
                        .startsWith("tensor 'a' was observed from -20.00 to 60.00, 20.0 times as wide")
                        .contains("at most 10 times"));
    }

    @Test
    void aRareEventThatOpensTensorsBehindTheInputIsNotTakenForABrokenSensor() {
        assertThat(RangeGrowth.objection(inService, List.of(observed("a", 0, 9), observed("b", -20, 60))))
                .isEmpty();
    }

    private static TensorHistogram observed(String tensor, double min, double max) {
        return new TensorHistogram(tensor, min, max, 64, new Counts(new long[] {1, 2, 2, 1}));
    }
}
