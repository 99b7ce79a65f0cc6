package io.plumbline.quantizer.auto;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.quantizer.quality.Closeness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static Closeness output(double agreement, double cosine) {
        return new Closeness(10, agreement, cosine, cosine, 20, 1);
    }

    private static Laboratory.Measured measured(Closeness... outputs) {
        var named = new LinkedHashMap<String, Closeness>();
        for (var output : outputs) {
            named.put("output" + named.size(), output);
        }
        return new Laboratory.Measured(1, named, OptionalDouble.empty(), 1, 1);
    }

    @Test
    void theWorstOutputDecides() {
        var goal = new Goal(Goal.Figure.COSINE, 0.99, Goal.Measure.SIZE);
        assertThat(goal.isReached(measured(output(1, 0.999), output(1, 0.991)))).isTrue();
        assertThat(goal.isReached(measured(output(1, 0.999), output(1, 0.98)))).isFalse();
    }

    @Test
    void anOutputWithoutTheFigureDoesNotCountAndNoneAtAllReachesNothing() {
        var goal = new Goal(Goal.Figure.AGREEMENT, 0.9, Goal.Measure.LATENCY);
        assertThat(goal.isReached(measured(output(Double.NaN, 1), output(0.95, 1))))
                .isTrue();
        assertThat(goal.isReached(measured(output(Double.NaN, 1)))).isFalse();
        assertThat(goal.isReached(measured())).isFalse();
    }

    @Test
    void detectionsCountWhereThereAreAny() {
        var goal = new Goal(Goal.Figure.DETECTIONS, 0.95, Goal.Measure.SIZE);
        assertThat(goal.isReached(new Laboratory.Measured(1, Map.of(), OptionalDouble.of(0.96), 1, 1)))
                .isTrue();
        assertThat(goal.isReached(new Laboratory.Measured(1, Map.of(), OptionalDouble.of(0.94), 1, 1)))
                .isFalse();
        assertThat(goal.isReached(new Laboratory.Measured(1, Map.of(), OptionalDouble.of(Double.NaN), 1, 1)))
                .isFalse();
        assertThat(goal.isReached(measured(output(1, 1)))).isFalse();
    }
}
