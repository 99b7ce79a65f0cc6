package io.plumbline.contract.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {

    @Test
    void aTokenTellsItsHolder() {
        // When
        var operators =
                Operators.parse(List.of("ada: secret 1", "", "  bob@night:   c2VjcmV0Mg==  ", "nobody's own", "a:b"));

        // Then
        assertThat(operators.holder("secret 1")).contains("ada");
        assertThat(operators.holder("c2VjcmV0Mg==")).contains("bob@night");
        assertThat(operators.holder("nobody's own")).contains("");
        assertThat(operators.holder("a:b")).as("no space, no name").contains("");
        assertThat(operators.holder("ada: secret 1")).isEmpty();
        assertThat(operators.holder("ada")).isEmpty();
        assertThat(operators.holder("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada: secret|bob:|line 2 has a name and no token",
                "ada: secret|bob: secret|line 2 has the token of line 1",
                "ada of sea: secret|x|line 1: a name has letters, digits and . _ @ -, 100 at most; a token alone has no colon with a space behind it"
            })
    void aWrongLineIsNamedAndItsTokenIsNot(String first, String second, String problem) {
        assertThatThrownBy(() -> Operators.parse(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem)
                .hasMessageNotContaining("secret");
    }
}
