package io.plumbline.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.InferenceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final List<String> LABELS = List.of("a", "b", "c");

    @Test
    void theLargestProbabilityWinsAndOfEqualsTheFirst() {
        assertThat(answer(0.2f, 0.5f, 0.3f).prediction().orElseThrow().label()).isEqualTo("b");
        assertThat(answer(0.1f, 0.45f, 0.45f).prediction().orElseThrow().label())
                .isEqualTo("b");
    }

    @Test
    void roundingBeyondTheEndsIsCutOff() {
        assertThat(answer(1.00001f, -0.00001f, 0).probabilities()).containsExactly(1.0, 0.0, 0.0);
    }

    @Test
    void whatIsNoProbabilityIsNoAnswer() {
        assertThatThrownBy(() -> answer(0.1f, Float.NaN, 0.2f))
                .isInstanceOf(InferenceException.class)
                .hasMessage("the probability of 'b' is NaN");
        assertThatThrownBy(() -> answer(0.1f, 3.5f, 0.2f)).hasMessage("the probability of 'b' is 3.5");
        assertThatThrownBy(() -> answer(0.5f, 0.5f)).hasMessage("the model gave 2 values for 3 labels");
    }

    private static Answer answer(float... probabilities) {
        return Answer.of(LABELS, probabilities);
    }
}
