package io.plumbline.inference.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static Detection at(int label, double score, double left) {
        return new Detection(label, score, new Box(left, 0, left + 1, 1));
    }

    @Test
    void theSameDetectionsAgreeFully() {
        var agreement = new Agreement(0.5);
        var boxes = List.of(at(0, 0.9, 0), at(1, 0.6, 0), at(0, 0.8, 5));
        agreement.add(boxes, boxes);
        assertThat(agreement.result()).isEqualTo(new Agreement.Result(1, 3, 1, 1, 1));
    }

    @Test
    void averagePrecisionIsTheAreaUnderTheBestPrecisionStillReached() {
        // Given right, wrong, right, and one that is never found: precisions 1 and 2/3 at two of three boxes
        var agreement = new Agreement(0.5);
        agreement.add(
                List.of(at(0, 0.9, 0), at(0, 0.8, 50), at(0, 0.4, 5)), List.of(at(0, 1, 0), at(0, 1, 5), at(0, 1, 9)));

        // Then the third one found is below the score that counts in precision and recall
        var result = agreement.result();
        assertThat(result.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 3, within(1e-12));
        assertThat(result.precision()).isEqualTo(0.5);
        assertThat(result.recall()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void aReferenceBoxIsFoundOnceInItsImageAndByItsClass() {
        var agreement = new Agreement(0.5);
        agreement.add(List.of(at(0, 0.9, 0), at(0, 0.8, 0.1), at(1, 0.7, 0)), List.of(at(0, 1, 0)));
        agreement.add(List.of(at(0, 0.95, 0)), List.of());
        var result = agreement.result();
        assertThat(result.images()).isEqualTo(2);
        assertThat(result.precision()).isEqualTo(0.25);
        assertThat(result.averagePrecision()).isEqualTo(0.5);
    }

    @Test
    void halfIsEnoughAndLessIsNot() {
        var half = new Agreement(0);
        half.add(List.of(new Detection(0, 1, new Box(0, 0, 1, 1))), List.of(new Detection(0, 1, new Box(0, 0, 2, 1))));
        assertThat(half.result().recall()).isEqualTo(1);
        var less = new Agreement(0);
        less.add(
                List.of(new Detection(0, 1, new Box(0, 0, 1, 1))), List.of(new Detection(0, 1, new Box(0, 0, 2.1, 1))));
        assertThat(less.result().recall()).isZero();
    }

    @Test
    void nothingToFindIsNoFigure() {
        var agreement = new Agreement(0.5);
        agreement.add(List.of(), List.of());
        assertThat(agreement.result().averagePrecision()).isNaN();
        assertThat(agreement.result().precision()).isNaN();
    }
}
