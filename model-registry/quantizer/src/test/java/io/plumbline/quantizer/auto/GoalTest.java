package io.plumbline.quantizer.auto;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.quantizer.quality.Closeness;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static Closeness output(double agreement, double cosine) {
        return new Closeness(10, agreement, cosine, cosine, 20, 1);
    }

    @Test
    void theWorstOutputDecides() {
        var goal = new Goal(Goal.Figure.COSINE, 0.99, Goal.Measure.SIZE);
        assertThat(goal.isReached(List.of(output(1, 0.999), output(1, 0.991)))).isTrue();
        assertThat(goal.isReached(List.of(output(1, 0.999), output(1, 0.98)))).isFalse();
    }

    @Test
    void anOutputWithoutTheFigureDoesNotCountAndNoneAtAllReachesNothing() {
        var goal = new Goal(Goal.Figure.AGREEMENT, 0.9, Goal.Measure.LATENCY);
        assertThat(goal.isReached(List.of(output(Double.NaN, 1), output(0.95, 1))))
                .isTrue();
        assertThat(goal.isReached(List.of(output(Double.NaN, 1)))).isFalse();
        assertThat(goal.isReached(List.of())).isFalse();
    }
}
