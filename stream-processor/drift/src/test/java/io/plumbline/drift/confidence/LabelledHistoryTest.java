package io.plumbline.drift.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.confidence.LabelledHistory.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelledHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Answer(Instant at, double score, boolean right) {}

    private static LabelledHistory of(List<Answer> answers) {
        var history = LabelledHistory.NONE;
        for (var answer : answers) {
            history = history.plus(answer.at(), answer.score(), answer.right());
        }
        return history;
    }

    private static Answer at(long minute, double score, boolean right) {
        return new Answer(START.plus(Duration.ofMinutes(minute)), score, right);
    }

    @Test
    void itIsTheVarianceOfTheStretchesBesideThatOfTheAnswers() {
        // Given: five minutes of 4 answers at 0.725; all are right in four of them, none in the fifth
        var answers = new ArrayList<Answer>();
        for (int minute = 0; minute < 5; minute++) {
            for (int i = 0; i < 4; i++) {
                answers.add(at(minute, 0.72, minute < 4));
            }
        }

        // Then: surprises are 0.275 and -0.725, their mean 0.075; sums differ from it by 4 x 0.2 and 4 x -0.8
        var between = 4 * 0.8 * 0.8 + 3.2 * 3.2;
        var each = 16 * 0.2 * 0.2 + 4 * 0.8 * 0.8;
        assertThat(of(answers).dispersion().orElseThrow()).isCloseTo(5 / 2.0 * between / each, within(1e-9));
    }

    @Test
    void answersOfTooFewStretchesDoNotSay() {
        var three = of(List.of(at(0, 0.9, true), at(1, 0.9, false), at(2, 0.9, true), at(2, 0.9, true)));

        assertThat(three.dispersion()).isEmpty();
        assertThat(three.scores().dispersion()).isEmpty();
        assertThat(LabelledHistory.NONE.dispersion()).isEmpty();
        assertThat(three.plus(START.plusSeconds(180), 0.9, true).dispersion()).isPresent();
    }

    @Test
    void answersThatAreAllAlikeAreTakenAsIndependent() {
        var alike = of(List.of(at(0, 0.99, true), at(1, 0.99, true), at(2, 0.99, true), at(3, 0.99, true)));

        assertThat(alike.dispersion()).contains(1.0);
    }

    @Test
    void moreStretchesThanAreToldApartAreJoinedInPairs() {
        // Given: an answer in each of 64 minutes that begin with an even one, and one more
        var answers = new ArrayList<Answer>();
        for (int minute = 0; minute < 2 * LabelledHistory.MOST; minute++) {
            answers.add(at(minute, 0.72, true));
        }

        // Then
        var full = of(answers);
        assertThat(full.minutes()).isEqualTo(2);
        assertThat(full.stretches()).hasSize(LabelledHistory.MOST).allSatisfy(stretch -> {
            assertThat(stretch.answers()).isEqualTo(2);
            assertThat(stretch.surprise()).isEqualTo(2 * (40 - 29));
        });
        var more = full.plus(START.plus(Duration.ofDays(1)), 0.72, false);
        assertThat(more.minutes()).isEqualTo(4);
        assertThat(more.stretches()).hasSize(LabelledHistory.MOST / 2 + 1);
        assertThat(more.stretches().stream().mapToLong(Stretch::answers).sum()).isEqualTo(65);
    }

    @Test
    void theOrderInWhichAnswersComeChangesNothing() {
        var random = new Random(6);
        for (int run = 0; run < 20; run++) {
            var answers = new ArrayList<Answer>();
            for (int i = 0; i < 300; i++) {
                answers.add(at(random.nextInt(5_000), random.nextDouble(), random.nextBoolean()));
            }
            var inOrder = of(answers);
            Collections.shuffle(answers, random);
            assertThat(of(answers)).isEqualTo(inOrder);
        }
    }

    /** Each answer comes as often as it is held: that is how many tell as much as one. */
    @Test
    void itFindsHowOftenAnswersRepeat() {
        for (int held : new int[] {1, 4, 15}) {
            var sum = 0.0;
            for (int run = 0; run < 40; run++) {
                sum += of(answers(new Random(100 * held + run), 6_000 / held, held))
                                .dispersion()
                                .orElseThrow()
                        / 40;
            }
            assertThat(sum).isCloseTo(held, within(0.25 * held));
        }
    }

    /** What a calibration from answers that repeat says of many answers: 95 % of its intervals hold the truth. */
    @Test
    void aCalibrationFromAnswersThatRepeatKnowsHowLittleItKnows() {
        var covered = 0;
        var believed = 0;
        for (int run = 0; run < 300; run++) {
            var history = of(answers(new Random(7_000 + run), 500, 9));
            var independent = new LabelledScores(history.answers(), history.right(), Optional.of(1.0));
            covered += covers(history.scores()) ? 1 : 0;
            believed += covers(independent) ? 1 : 0;
        }
        assertThat(covered / 300.0).isBetween(0.90, 0.99);
        assertThat(believed / 300.0).isLessThan(0.7);
    }

    /** Whether three quarters of answers of scores from 0.5 to 1 are right. */
    private static boolean covers(LabelledScores labelled) {
        var many = new long[ConfidenceSketch.BINS];
        Arrays.fill(many, ConfidenceSketch.BINS / 2, ConfidenceSketch.BINS, 1_000_000);
        var interval = EstimatedAccuracy.of(new Counts(many), 1, Calibration.of(labelled))
                .expectation(0.95, 0.95);
        return interval.lower() <= 0.75 && 0.75 <= interval.upper();
    }

    /** Of a model whose scores are right on average, over a day; each answer is given several times in a row. */
    private static List<Answer> answers(Random random, int different, int held) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < different; i++) {
            var score = 0.5 + random.nextDouble() / 2;
            var right = random.nextDouble() < score;
            for (int again = 0; again < held; again++) {
                answers.add(new Answer(START.plusSeconds(86_400L * i / different), score, right));
            }
        }
        return answers;
    }
}
