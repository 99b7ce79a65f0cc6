package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.confidence.LabelledScores;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/* Of answers with score 0.97, 98 % are right, of those with 0.72, 60 %; 90 % of the labelled ones were sure. */
class EstimateRulesTest {

    private static final LabelledScores LABELLED = scores(0.97, 1_800, 1_764, 0.72, 200, 120);
    private static final Reference REFERENCE = new Reference(
            List.of("normal", "event"),
            new ReferenceProfile(List.of(new ReferenceProfile.Feature(
                    "humidity", List.of(20.0, 40.0, 60.0), new Counts(100, 400, 400, 100)))));

    @Test
    void confidenceThatFellIsConceptDriftWhereNobodyLabels() {
        var judgement = judge(usual().sure(0.97, 400).sure(0.72, 1_040), Truth.UNKNOWN.labels(), LABELLED);

        assertThat(judgement.verdict()).isEqualTo(Verdict.CONCEPT_DRIFT);
        assertThat(judgement.because())
                .isEqualTo("its confidence promises 70.6 % right answers (65.4 % to 75.7 %), usual are 94.2 %,"
                        + " and INT8 follows FP32");
        assertThat(estimate(judgement)).satisfies(e -> {
            assertThat(e.breached()).isTrue();
            assertThat(e.threshold()).isEqualTo(0.942 - 0.1);
            assertThat(e.samples()).isEqualTo(1_440);
        });
        assertThat(judgement.carriers()).isEmpty();
    }

    @Test
    void labelsOfTheHorizonDecideHoweverUnsureTheModelIs() {
        var good = List.of(new LabelScore("normal", 100, 96, 100));

        assertThat(judge(usual().sure(0.97, 400).sure(0.72, 1_040), good, LABELLED)
                        .verdict())
                .isEqualTo(Verdict.STABLE);
    }

    @Test
    void tooFewLabelsToDecideLeaveItToConfidence() {
        var few = List.of(new LabelScore("normal", 19, 19, 19));

        assertThat(judge(usual().sure(0.97, 400).sure(0.72, 1_040), few, LABELLED)
                        .verdict())
                .isEqualTo(Verdict.CONCEPT_DRIFT);
    }

    @Test
    void usualConfidenceIsStable() {
        assertThat(judge(usual().sure(0.97, 1_296).sure(0.72, 144), List.of(), LABELLED)
                        .verdict())
                .isEqualTo(Verdict.STABLE);
    }

    @Test
    void aFallThatTheLabelledAnswersAreTooFewToShowIsNone() {
        // Given: the same shares from a tenth of the labels; of unsure answers there were 20
        var few = scores(0.97, 180, 176, 0.72, 20, 12);

        var judgement = judge(usual().sure(0.97, 400).sure(0.72, 1_040), List.of(), few);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(estimate(judgement).value()).isLessThan(estimate(judgement).threshold());
        assertThat(estimate(judgement).upper())
                .isGreaterThan(estimate(judgement).threshold());
    }

    @Test
    void labelledAnswersThatRepeatTellLess() {
        // Given: the same answers, of which thirty tell as much as one
        var repeated = new LabelledScores(LABELLED.answers(), LABELLED.right(), Optional.of(30.0));

        var judgement = judge(usual().sure(0.97, 400).sure(0.72, 1_040), List.of(), repeated);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(estimate(judgement).lower()).isLessThan(0.6);
    }

    @Test
    void answersOfTooFewMomentsToSayHowMuchTheyRepeatAreNotEvaluable() {
        var unknown = new LabelledScores(LABELLED.answers(), LABELLED.right(), Optional.empty());

        var judgement = judge(usual().sure(0.97, 400).sure(0.72, 1_040), List.of(), unknown);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(estimate(judgement).samples()).isZero();
    }

    @Test
    void whatWasBeforeTheHorizonShowsWhatTheHorizonIsTooShortFor() {
        // Given: two windows so different that hardly anything follows from them
        var windows = List.of(
                usual().sure(0.97, 108).windows().sum(),
                usual().sure(0.72, 108).windows().sum());
        var before = Collections.nCopies(
                11, usual().sure(0.97, 400).sure(0.72, 1_040).windows().sum().answers());

        var alone = judge(HorizonWindows.of(windows));
        var longer = judge(HorizonWindows.of(windows, before));

        assertThat(alone.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(longer.verdict()).isEqualTo(Verdict.CONCEPT_DRIFT);
        assertThat(estimate(longer).samples()).isEqualTo(216 + 11 * 1_440);
    }

    @Test
    void aFallThatIsOverIsNone() {
        var now = usual().sure(0.97, 1_296).sure(0.72, 144).windows();
        var before = Collections.nCopies(
                11, usual().sure(0.72, 1_440).windows().sum().answers());

        var judgement = judge(HorizonWindows.of(now.each(), before));

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(estimate(judgement).upper()).isLessThan(estimate(judgement).threshold());
        assertThat(estimate(judgement).breached()).isFalse();
    }

    @Test
    void withoutAnswersThatWereEverLabelledConfidenceSaysNothing() {
        var judgement = VerdictRules.judge(
                usual().sure(0.72, 1_440).windows(), Truth.UNKNOWN, Optional.of(REFERENCE), VerdictPolicy.DEFAULT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(estimate(judgement)).satisfies(e -> {
            assertThat(e.samples()).isZero();
            assertThat(e.breached()).isFalse();
        });
    }

    @Test
    void movedInputsSayWhatIsKnownOfAccuracy() {
        var moved = new Sample().normal(720, 720).inputs(new Counts(0, 58, 230, 1_152));

        assertThat(judge(moved, List.of(), LABELLED).because())
                .endsWith("INT8 follows FP32, and whether its accuracy holds is not known without labels");
        assertThat(judge(moved.sure(0.97, 1_440), List.of(), LABELLED).because())
                .endsWith("INT8 follows FP32, and its confidence promises 98.0 % right answers"
                        + " (97.3 % to 98.7 %), usual are 94.2 %");
        assertThat(judge(moved, List.of(new LabelScore("normal", 200, 190, 190)), LABELLED)
                        .because())
                .endsWith("INT8 follows FP32, and INT8 is right on 95.0 % of 200");
    }

    @Test
    void errorsThatFp32IsNotShownToShareAreInsufficient() {
        // Given: INT8 differs from FP32 on a fifth, which is as much as it is expected to be wrong
        var sample = new Sample().normal(400, 320).event(320, 256).sure(0.72, 1_440);

        var judgement = judge(sample, List.of(), scores(0.97, 18_000, 17_640, 0.72, 2_000, 1_550));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(judgement.because()).endsWith("; whether FP32 is wrong too is not shown yet");
    }

    private static Sample usual() {
        return new Sample().normal(720, 720).inputs(new Counts(144, 576, 576, 144));
    }

    private static Judgement judge(Sample sample, List<LabelScore> labels, LabelledScores scores) {
        return VerdictRules.judge(
                sample.windows(),
                new Truth(labels, Optional.of(scores)),
                Optional.of(REFERENCE),
                VerdictPolicy.DEFAULT);
    }

    private static Judgement judge(HorizonWindows windows) {
        return VerdictRules.judge(
                windows, new Truth(List.of(), Optional.of(LABELLED)), Optional.of(REFERENCE), VerdictPolicy.DEFAULT);
    }

    private static Evidence estimate(Judgement judgement) {
        return judgement.evidence().stream()
                .filter(e -> e.measure().equals("estimated-accuracy"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no estimate in " + judgement));
    }

    private static LabelledScores scores(double sure, long n, long right, double unsure, long m, long alsoRight) {
        var answers = new long[ConfidenceSketch.BINS];
        var hits = new long[ConfidenceSketch.BINS];
        answers[ConfidenceSketch.binOf(sure)] = n;
        hits[ConfidenceSketch.binOf(sure)] = right;
        answers[ConfidenceSketch.binOf(unsure)] = m;
        hits[ConfidenceSketch.binOf(unsure)] = alsoRight;
        return new LabelledScores(new Counts(answers), new Counts(hits), Optional.of(1.0));
    }
}
