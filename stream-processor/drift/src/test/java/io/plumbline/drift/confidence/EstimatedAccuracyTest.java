package io.plumbline.drift.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.chance.Dispersion;
import io.plumbline.drift.chance.Interval;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimatedAccuracyTest {

    @Test
    void neighboursThatWouldFallArePooled() {
        // Given: shares 0.5, 0.9, 0.7, 1.0 in bins 10, 12, 13, 19
        var answers = bins(10, 20, 12, 10, 13, 10, 19, 5);
        var right = bins(10, 10, 12, 9, 13, 7, 19, 5);

        // When
        var calibration = Calibration.of(independent(answers, right));

        // Then
        assertThat(calibration.right(0)).isEqualTo(0.5);
        assertThat(calibration.right(11)).isEqualTo(0.5);
        assertThat(calibration.right(12)).isEqualTo(0.8);
        assertThat(calibration.right(13)).isEqualTo(0.8);
        assertThat(calibration.right(18)).isEqualTo(0.8);
        assertThat(calibration.right(19)).isEqualTo(1);
    }

    /** The interval must cover the accuracy that is counted: 95 % of the time, by two standard errors. */
    @Test
    void theIntervalCoversTheAccuracyOfAnOverconfidentModel() {
        // Given
        var random = new Random(4);
        var learned = draw(random, 20_000);
        var calibration = Calibration.of(learned);

        // When
        var covered = 0;
        var error = 0.0;
        for (int run = 0; run < 300; run++) {
            var live = draw(random, 1_000);
            var estimated = EstimatedAccuracy.of(live.answers(), 1, calibration);
            var counted = live.right().total() / 1_000.0;
            covered += Math.abs(estimated.share() - counted) <= 1.96 * estimated.error() ? 1 : 0;
            error += Math.abs(estimated.share() - counted) / 300;
        }

        // Then
        assertThat(covered / 300.0).isBetween(0.90, 0.99);
        assertThat(error).isLessThan(0.012);
    }

    /** Each answer comes ten times: the interval knows it from how much the windows differ. */
    @Test
    void theIntervalCoversTheAccuracyOfAnswersThatFollowEachOther() {
        // Given
        var random = new Random(5);
        var calibration = Calibration.of(draw(random, 20_000));

        // When
        var covered = 0;
        var believed = 0;
        for (int run = 0; run < 300; run++) {
            var windows = new ArrayList<Counts>();
            var right = 0L;
            for (int window = 0; window < 6; window++) {
                var live = draw(random, 24);
                windows.add(tenfold(live.answers()));
                right += 10 * live.right().total();
            }
            var answers = windows.stream().reduce(Counts::plus).orElseThrow();
            var estimated = EstimatedAccuracy.of(answers, Dispersion.likely(windows), calibration);
            var error = Math.abs(estimated.share() - right / 1_440.0);
            covered += error <= 1.96 * estimated.error() ? 1 : 0;
            believed += error
                            <= 1.96
                                    * EstimatedAccuracy.of(answers, 1, calibration)
                                            .error()
                    ? 1
                    : 0;
        }

        // Then
        assertThat(covered / 300.0).isBetween(0.93, 0.995);
        assertThat(believed / 300.0).isLessThan(0.6);
    }

    private static Counts tenfold(Counts counts) {
        var bins = new long[ConfidenceSketch.BINS];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = 10 * counts.get(i);
        }
        return new Counts(bins);
    }

    @Test
    void whatTheAnswersAreASampleOfIsKnownBetterThanTheirOwnAccuracy() {
        // Given: all alike, so that the expectation is known but for the calibration
        var calibration = Calibration.of(independent(bins(18, 4_000_000), bins(18, 3_600_000)));

        // When
        var estimated = EstimatedAccuracy.of(bins(18, 1_000), 1, calibration);

        // Then
        assertThat(estimated.error()).isCloseTo(Math.sqrt(0.9 * 0.1 / 1_000), within(1e-4));
        var expected = estimated.expectation(0.95, 0.95);
        assertThat(expected.upper() - expected.lower()).isLessThan(8e-4);
    }

    @Test
    void aCalibrationFromFewLabelsMakesTheIntervalWideHoweverManyAnswersThereAre() {
        var few = Calibration.of(independent(bins(18, 40), bins(18, 36)));
        var many = Calibration.of(independent(bins(18, 4_000), bins(18, 3_600)));
        var live = bins(18, 100_000);

        assertThat(EstimatedAccuracy.of(live, 1, few).error())
                .isCloseTo(Math.sqrt(37.0 * 5 / (42 * 42 * 43)), within(1e-3));
        assertThat(EstimatedAccuracy.of(live, 1, many).error()).isLessThan(0.006);
    }

    @Test
    void answersOfAConfidenceThatWasNeverLabelledAreInDoubt() {
        // Given: only sure answers were labelled, nine in ten right
        var calibration = Calibration.of(independent(bins(19, 4_000), bins(19, 3_600)));

        // When
        var unsure = EstimatedAccuracy.of(bins(11, 1_000), 1, calibration);

        // Then: they may be right as often, or never
        assertThat(unsure.error()).isCloseTo(0.9 / Math.sqrt(12), within(0.01));
    }

    @Test
    void uncalibratedItBelievesTheModel() {
        var estimated = EstimatedAccuracy.of(bins(19, 100, 10, 100), 1, Calibration.NONE);
        assertThat(estimated.share()).isCloseTo((0.975 + 0.525) / 2, within(1e-12));
        assertThat(estimated.error())
                .isCloseTo(Math.sqrt(100 * 0.975 * 0.025 + 100 * 0.525 * 0.475) / 200, within(1e-12));
    }

    @Test
    void whatIsDrawnWithEveryLookAndWhatIsDrawnOnceHaveTheirOwnConfidence() {
        // Given: shares 0.6 and 0.9 from 998 and 998 labels; half of 400 answers of each, four of which tell as much as
        // one
        var calibration = Calibration.of(independent(bins(12, 998, 18, 998), bins(12, 599, 18, 898)));
        var estimated = EstimatedAccuracy.of(bins(12, 200, 18, 200), 4, calibration);
        var share = (599 + 898) / 1_996.0;
        var look = 4 * 400 * Math.pow(299 / 1_996.0, 2);
        var doubt = 200 * 200 * (0.6 * 0.4 + 899.0 / 1_000 * 101 / 1_000) / 1_001;

        // When
        var interval = estimated.expectation(0.9999, 0.95);

        // Then
        var reach = Math.sqrt(3.8906 * 3.8906 * look + 1.95996 * 1.95996 * doubt) / 400;
        assertThat(interval.lower()).isCloseTo(share - reach, within(1e-5));
        assertThat(interval.upper()).isCloseTo(share + reach, within(1e-5));
    }

    @Test
    void nothingSeenIsNothingKnown() {
        var estimated = EstimatedAccuracy.of(bins(), 1, Calibration.NONE);
        assertThat(estimated).isEqualTo(new EstimatedAccuracy(0, 0, 0, 0, 0, 1));
        assertThat(estimated.share()).isZero();
        assertThat(estimated.error()).isZero();
        assertThat(estimated.expectation(0.9999, 0.95)).isEqualTo(Interval.UNKNOWN);
    }

    @Test
    void whatCannotBeLearnedFromIsRefused() {
        assertThatThrownBy(() -> Calibration.of(LabelledHistory.NONE.scores())).hasMessageContaining("there are none");
        assertThatThrownBy(() -> Calibration.of(independent(bins(3, 1), bins(3, 2))))
                .hasMessage("bin 3 has 2 right answers of 1");
        assertThatThrownBy(() -> Calibration.of(new LabelledScores(bins(3, 1), bins(3, 1), Optional.empty())))
                .hasMessageContaining("how much labelled answers depend on each other");
    }

    /** Of a model that says s and is right with probability 0.4 + s / 2. */
    private static LabelledScores draw(Random random, int n) {
        var answers = new long[ConfidenceSketch.BINS];
        var right = new long[ConfidenceSketch.BINS];
        for (int i = 0; i < n; i++) {
            var score = 0.5 + random.nextDouble() / 2;
            var bin = ConfidenceSketch.binOf(score);
            answers[bin]++;
            right[bin] += random.nextDouble() < 0.4 + score / 2 ? 1 : 0;
        }
        return independent(new Counts(answers), new Counts(right));
    }

    private static LabelledScores independent(Counts answers, Counts right) {
        return new LabelledScores(answers, right, Optional.of(1.0));
    }

    private static Counts bins(int... binsAndCounts) {
        var bins = new long[ConfidenceSketch.BINS];
        for (int i = 0; i < binsAndCounts.length; i += 2) {
            bins[binsAndCounts[i]] = binsAndCounts[i + 1];
        }
        return new Counts(bins);
    }
}
