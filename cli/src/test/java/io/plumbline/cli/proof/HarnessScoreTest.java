package io.plumbline.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.TensorClipping;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarnessScoreTest {

    @Test
    void everySharesWholeIsItsOwn() {
        // Given
        var fidelity = new Fidelity(
                List.of(new ClassAgreement("normal", 80, 78), new ClassAgreement("event", 20, 5)),
                12,
                List.of(
                        new TensorClipping("first", 100, 25, 3200, 30),
                        new TensorClipping("second", 100, 90, 800, 90)));

        // When
        var score = Harness.Score.of(fidelity, 60, 100);

        // Then
        assertThat(score).isEqualTo(new Harness.Score(0.25, 0.83, 0.25, 0.6, 20));
    }

    @Test
    void withoutEventsThereIsNoAgreementOnEventsInsteadOfAPerfectOne() {
        // When
        var score = Harness.Score.of(new Fidelity(List.of(new ClassAgreement("normal", 80, 80)), 0, List.of()), 80, 80);

        // Then
        assertThat(score.eventAgreement()).isNaN();
        assertThat(score.eventWindows()).isZero();
        assertThat(score.clipped()).isZero();
    }

    @Test
    void withoutWindowsNothingIsClaimed() {
        // When
        var score = Harness.Score.of(Fidelity.NONE, 0, 0);

        // Then
        assertThat(score.agreement()).isNaN();
        assertThat(score.accuracy()).isNaN();
    }
}
