package io.plumbline.quantizer.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamic",
                "fp16",
                "int4",
                "int8-weights",
                "static-minmax",
                "static-minmax-margin",
                "static-percentile",
                "static-percentile:99.9",
                "static-entropy",
                "static-mse"
            })
    void aRecipeIsReadFromItsWords(String words) {
        assertThat(Recipe.parse(words).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "static", "static-", "static-best", "Dynamic", "dynamic, 1 node in float"})
    void whatIsNoRecipeIsRefusedWithThoseThatThereAre(String words) {
        assertThatThrownBy(() -> Recipe.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not known; known are");
    }
}
