package io.plumbline.drift.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.drift.sequential.NonInferiority.Outcome;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequentialTest {

    private static final ConfidenceSequence SEQUENCE = new ConfidenceSequence(0.05, 1000);
    private static final MixtureTest MIXTURE = new MixtureTest(0.02);

    /** Python 3, the formulas of the classes. */
    @Test
    void matchTheReferenceValues() {
        var confidence = SEQUENCE.of(new Moments(2000, -0.01, 2000 * (0.05 - 0.0001)));
        assertThat(confidence.lower()).isCloseTo(-0.025292071046886425, within(1e-12));
        assertThat(confidence.upper()).isCloseTo(0.005292071046886424, within(1e-12));
        assertThat(MIXTURE.pValue(Moments.ofHits(1800, 2000), Moments.ofHits(1740, 2000)))
                .isCloseTo(0.0648602714193805, within(1e-10));
        assertThat(MIXTURE.pValue(Moments.ofPairs(40, 110, 2000))).isCloseTo(8.597049452697678e-07, within(1e-15));
    }

    @Test
    void momentsOfPartsAreMomentsOfTheWhole() {
        var whole = Moments.ofHits(30, 50).plus(Moments.ofHits(10, 150));
        assertThat(whole.mean()).isCloseTo(0.2, within(1e-12));
        assertThat(whole.variance()).isCloseTo(0.16, within(1e-12));
        assertThat(Moments.NONE.plus(whole)).isEqualTo(whole);
    }

    @Test
    void nothingIsKnownOfTooFew() {
        assertThat(SEQUENCE.of(Moments.ofPairs(0, 50, 99))).isEqualTo(Confidence.UNKNOWN);
        assertThat(SEQUENCE.difference(Moments.NONE, Moments.ofHits(5, 500))).isEqualTo(Confidence.UNKNOWN);
        assertThat(MIXTURE.pValue(Moments.NONE)).isEqualTo(1);
    }

    @Test
    void pairsThatNeverDifferedAreNotProvenEqual() {
        assertThat(SEQUENCE.of(Moments.ofPairs(0, 0, 200)).lower()).isLessThan(-0.005);
        assertThat(SEQUENCE.of(Moments.ofPairs(0, 0, 20_000)).lower()).isGreaterThan(-0.001);
    }

    @Test
    void lookingOftenMisleadsNoMoreThanAllowed() {
        // Given
        var misledBySequence = 0;
        var misledByMixture = 0;

        // When
        for (int run = 0; run < 400; run++) {
            var random = new Random(run);
            var first = Moments.NONE;
            var second = Moments.NONE;
            var sequence = false;
            var mixture = false;
            for (int look = 0; look < 100; look++) {
                first = first.plus(Moments.ofHits(hits(random, 0.9), 100));
                second = second.plus(Moments.ofHits(hits(random, 0.9), 100));
                var confidence = SEQUENCE.difference(first, second);
                sequence |= confidence.lower() > 0 || confidence.upper() < 0;
                mixture |= MIXTURE.pValue(first, second) < 0.05;
            }
            misledBySequence += sequence ? 1 : 0;
            misledByMixture += mixture ? 1 : 0;
        }

        // Then
        assertThat(misledBySequence / 400.0).isLessThan(0.06);
        assertThat(misledByMixture / 400.0).isLessThan(0.06);
    }

    @Test
    void aLossOfTwoPointsIsFoundAndAPairedOneSooner() {
        // Given
        var random = new Random(3);
        var first = Moments.NONE;
        var second = Moments.NONE;
        var looks = 0;

        // When
        while (SEQUENCE.difference(first, second).upper() >= 0 && looks < 200) {
            first = first.plus(Moments.ofHits(hits(random, 0.90), 100));
            second = second.plus(Moments.ofHits(hits(random, 0.88), 100));
            looks++;
        }

        // Then
        assertThat(looks).isBetween(10, 150);
        assertThat(SEQUENCE.of(Moments.ofPairs(7, 21, 700)).upper()).isLessThan(0.005);
    }

    private static long hits(Random random, double share) {
        return random.doubles(100).filter(x -> x < share).count();
    }

    @Test
    void aCandidateIsJudgedAgainstTheMargin() {
        var rule = new NonInferiority(0.01, false);
        assertThat(rule.judge(new Confidence(-0.009, 0.02))).isEqualTo(Outcome.PASS);
        assertThat(rule.judge(new Confidence(-0.05, -0.011))).isEqualTo(Outcome.FAIL);
        assertThat(rule.judge(new Confidence(-0.05, -0.001))).isEqualTo(Outcome.CONTINUE);
        assertThat(rule.judge(Confidence.UNKNOWN)).isEqualTo(Outcome.CONTINUE);
        assertThat(new NonInferiority(0.01, true).judge(new Confidence(-0.009, -0.001)))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new ConfidenceSequence(0, 100)).hasMessageContaining("alpha 0.0 must be in (0, 1)");
        assertThatThrownBy(() -> new MixtureTest(0)).hasMessageContaining("tau 0.0 must be positive");
        assertThatThrownBy(() -> Moments.ofPairs(3, 4, 5)).hasMessageContaining("exceed count 5");
    }
}
