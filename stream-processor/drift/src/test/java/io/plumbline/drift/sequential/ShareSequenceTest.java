package io.plumbline.drift.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShareSequenceTest {

    private static final ShareSequence SEQUENCE = new ShareSequence(0.05);

    @Test
    void knowsNothingWithoutTrialsAndMoreWithEveryTrial() {
        assertThat(SEQUENCE.of(0, 0)).isEqualTo(new Confidence(0, 1));
        var few = SEQUENCE.of(9, 10);
        var many = SEQUENCE.of(900, 1000);
        assertThat(many.lower()).isGreaterThan(few.lower()).isLessThan(0.9);
        assertThat(many.upper()).isLessThan(few.upper()).isGreaterThan(0.9);
        assertThat(SEQUENCE.of(0, 10).lower()).isZero();
        assertThat(SEQUENCE.of(10, 10).upper()).isOne();
    }

    /* B(200.5, 0.5) / B(0.5, 0.5) = 0.039870; p^200 = 0.05 * 0.039870 at p = 0.969395. */
    @Test
    void isTheMixtureOfBetas() {
        assertThat(SEQUENCE.of(200, 200).lower()).isBetween(0.9690, 0.9698);
    }

    @Test
    void missesTheTruthAtAnyTimeAtMostAsOftenAsItSays() {
        // Given
        var random = new SplittableRandom(3);
        var missed = 0;
        // When
        for (int run = 0; run < 400; run++) {
            missed += misses(random, 0.02 + 0.96 * random.nextDouble()) ? 1 : 0;
        }
        // Then
        assertThat(missed / 400.0).isLessThanOrEqualTo(0.05);
    }

    private static boolean misses(SplittableRandom random, double truth) {
        var hits = 0;
        for (int n = 1; n <= 600; n++) {
            hits += random.nextDouble() < truth ? 1 : 0;
            var share = SEQUENCE.of(hits, n);
            if (share.lower() > truth || share.upper() < truth) {
                return true;
            }
        }
        return false;
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> SEQUENCE.of(3, 2)).hasMessageContaining("hits 3");
        assertThatThrownBy(() -> new ShareSequence(1)).hasMessageContaining("alpha 1.0");
    }
}
