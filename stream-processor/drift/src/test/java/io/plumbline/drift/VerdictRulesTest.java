package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.wire.Counts;
import io.plumbline.drift.horizon.FeatureCounts;
import io.plumbline.drift.horizon.HorizonStats;
import io.plumbline.drift.horizon.HorizonWindows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictRulesTest {

    private static final Counts USUAL = new Counts(100, 400, 400, 100);
    private static final Counts MOVED = new Counts(0, 20, 80, 400);
    private static final Reference REFERENCE = new Reference(
            List.of("normal", "event"),
            new ReferenceProfile(List.of(new ReferenceProfile.Feature("humidity", List.of(20.0, 40.0, 60.0), USUAL))));

    /* The measured case: 92 % of windows clip outdoors, 46 % of a site's, and overall agreement still reads 0.994. */
    private static final Sample MEASURED =
            new Sample().normal(1416, 1415).event(12, 4).clipped(657).inputs(MOVED);

    @Test
    void clippingWithEventsNotShownToBeFollowedIsAStaleCalibrationAlthoughTheAverageLooksGood() {
        var judgement = judge(MEASURED);

        assertThat(MEASURED.agreement()).isGreaterThan(0.99);
        assertThat(judgement.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(judgement.because())
                .isEqualTo("46.0 % of inputs leave the calibrated range of tensor 'window',"
                        + " and INT8 is not shown to follow FP32: only 12 inputs of class 'event' have come");
    }

    @Test
    void clippingWithEventsSurelyNotFollowedIsAStaleCalibration() {
        var judgement = judge(new Sample().normal(1340, 1339).event(90, 25).clipped(1316));

        assertThat(judgement.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(fact(judgement, "agreement", "event").breached()).isTrue();
        assertThat(fact(judgement, "agreement", "all").breached()).isFalse();
        assertThat(fact(judgement, "clipping", "window").breached()).isTrue();
    }

    @Test
    void clippingBeforeAnyEventIsAStaleCalibrationBecauseNothingShowsTheEventClassSafe() {
        assertThat(judge(new Sample().normal(210, 210).clipped(97)).verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
    }

    @Test
    void clippingWithUnknownAnswersOfTheModelIsAStaleCalibration() {
        var judgement = VerdictRules.judge(
                new Sample().normal(400, 400).event(60, 60).clipped(300).windows(),
                Truth.UNKNOWN,
                Optional.empty(),
                VerdictPolicy.DEFAULT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.CALIBRATION_STALE);
        assertThat(judgement.because()).endsWith("which answers the model can give is not known");
    }

    @Test
    void clippingThatIsShownToDoNoHarmOnAnyClassIsDataDrift() {
        assertThat(judge(new Sample().normal(400, 399).event(60, 58).clipped(300))
                        .verdict())
                .isEqualTo(Verdict.DATA_DRIFT);
    }

    @Test
    void aRecalibratedBuildOnMovedInputsIsDataDrift() {
        var judgement =
                judge(new Sample().normal(1340, 1339).event(90, 81).clipped(21).inputs(MOVED));

        assertThat(judgement.verdict()).isEqualTo(Verdict.DATA_DRIFT);
        assertThat(judgement.because()).startsWith("inputs moved from the reference: humidity (PSI ");
    }

    /** A morning in which humidity rose once is worth four values, and says nothing of where inputs usually lie. */
    @Test
    void inputsThatMovedNoFurtherThanTheReferenceItselfAreStable() {
        var rising = List.of(
                new Counts(100, 0, 0, 0), new Counts(0, 400, 0, 0), new Counts(0, 0, 400, 0), new Counts(0, 0, 0, 100));
        var unsteady = new ReferenceProfile.Feature(
                "humidity", List.of(20.0, 40.0, 60.0), USUAL, Optional.empty(), Optional.of(rising));
        var judgement = VerdictRules.judge(
                new Sample()
                        .normal(1340, 1339)
                        .event(90, 81)
                        .clipped(21)
                        .inputs(MOVED)
                        .windows(),
                Truth.UNKNOWN,
                Optional.of(new Reference(List.of("normal", "event"), new ReferenceProfile(List.of(unsteady)))),
                VerdictPolicy.DEFAULT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
        assertThat(fact(judgement, "psi", "humidity").value()).isGreaterThan(VerdictPolicy.DEFAULT.psiFloor());
    }

    @Test
    void aRecalibratedBuildOnUsualInputsIsStable() {
        assertThat(judge(new Sample().normal(1340, 1339).event(90, 81).clipped(21))
                        .verdict())
                .isEqualTo(Verdict.STABLE);
    }

    @Test
    void tooFewComparedInputsAreInsufficientHoweverMuchClips() {
        var judgement = judge(new Sample().normal(149, 149).clipped(149));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(judgement.because()).isEqualTo("only 149 inputs were compared with FP32; a verdict needs 150");
    }

    @Test
    void leavingFp32WithoutClippingIsARuntimeMismatch() {
        var judgement = judge(new Sample().normal(1340, 1339).event(90, 25).clipped(3));

        assertThat(judgement.verdict()).isEqualTo(Verdict.RUNTIME_MISMATCH);
        assertThat(judgement.because())
                .isEqualTo("INT8 leaves FP32: class 'event' followed on 27.8 % of 90,"
                        + " while too few inputs clip to explain it");
    }

    @Test
    void leavingFp32WithoutAnyCalibratedRangeIsARuntimeMismatch() {
        assertThat(judge(new Sample().normal(900, 300).withoutRanges()).verdict())
                .isEqualTo(Verdict.RUNTIME_MISMATCH);
    }

    @Test
    void leavingFp32OnRareInputsThatClipIsAStaleCalibrationAlthoughFewInputsClip() {
        assertThat(judge(new Sample().normal(1340, 1339).event(90, 25).clipped(80))
                        .verdict())
                .isEqualTo(Verdict.CALIBRATION_STALE);
    }

    @Test
    void aLowAccuracyThatFp32SharesIsConceptDrift() {
        var labels = List.of(new LabelScore("normal", 2700, 2690, 2780), new LabelScore("event", 90, 20, 30));

        var judgement = judge(new Sample().normal(1300, 1300).event(30, 30), labels);

        assertThat(judgement.verdict()).isEqualTo(Verdict.CONCEPT_DRIFT);
        assertThat(judgement.because())
                .isEqualTo("label 'event' is found on 22.2 % of 90,"
                        + " and would be too rarely even if INT8 followed FP32 everywhere");
        assertThat(fact(judgement, "accuracy", "event").breached()).isTrue();
        assertThat(fact(judgement, "accuracy", "all").breached()).isFalse();
    }

    @Test
    void aFallThatNoCalibrationMendsIsConceptDriftHoweverMuchClips() {
        // Given: INT8 follows FP32 on all that came, so that the errors are FP32's as well
        var labels = List.of(new LabelScore("normal", 600, 200, 200), new LabelScore("event", 0, 0, 400));

        var judgement = judge(new Sample().normal(400, 400).clipped(300), labels);

        assertThat(judgement.rule()).isEqualTo(Rule.BEYOND_MENDING);
        assertThat(judgement.verdict()).isEqualTo(Verdict.CONCEPT_DRIFT);
        assertThat(judgement.because())
                .isEqualTo("label 'normal' is found on 33.3 % of 600,"
                        + " and would be too rarely even if INT8 followed FP32 everywhere");
    }

    @Test
    void howSurelyItIsBeyondMendingIsTheDifferenceOfTwoShares() {
        // Given: of 288 labelled 122 or 108 wrong, of 720 compared 24 different: e - d is 0.390 or 0.342, surely above
        // 0.276 or 0.229
        var beyond = List.of(new LabelScore("normal", 288, 166, 166), new LabelScore("event", 0, 0, 122));
        var within = List.of(new LabelScore("normal", 288, 180, 180), new LabelScore("event", 0, 0, 108));

        assertThat(judge(new Sample().normal(720, 696).clipped(700), beyond).rule())
                .isEqualTo(Rule.BEYOND_MENDING);
        assertThat(judge(new Sample().normal(720, 696).clipped(700), within).rule())
                .isEqualTo(Rule.CLIPS_UNPROVEN);
    }

    @Test
    void errorsThatCanBeThoseOfInt8AreNoReasonToLeaveAStaleCalibration() {
        // Given: events are missed as often as INT8 leaves FP32 on them
        var labels = List.of(new LabelScore("normal", 2_680, 2_660, 2_790), new LabelScore("event", 180, 50, 70));

        assertThat(judge(new Sample().normal(1340, 1339).event(90, 25).clipped(1316), labels)
                        .verdict())
                .isEqualTo(Verdict.CALIBRATION_STALE);
    }

    @Test
    void aLowAccuracyOnMovedInputsIsConceptDriftToo() {
        var labels = List.of(new LabelScore("normal", 600, 300, 300), new LabelScore("event", 0, 0, 300));

        assertThat(judge(new Sample().normal(600, 600).inputs(MOVED), labels).verdict())
                .isEqualTo(Verdict.CONCEPT_DRIFT);
    }

    @Test
    void aLowAccuracyThatFp32IsNotShownToShareIsInsufficient() {
        var labels = List.of(new LabelScore("normal", 2700, 2700, 2730), new LabelScore("event", 40, 10, 10));

        assertThat(judge(new Sample().normal(180, 180).event(2, 2), labels).verdict())
                .isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void aGoodAccuracyChangesNothing() {
        var labels = List.of(new LabelScore("normal", 2700, 2690, 2690), new LabelScore("event", 90, 85, 95));

        assertThat(judge(new Sample().normal(1300, 1300), labels).verdict()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void withoutAReferenceItIsNotSaidThatAllIsWell() {
        var judgement = VerdictRules.judge(
                new Sample().normal(900, 900).windows(), Truth.UNKNOWN, Optional.empty(), VerdictPolicy.DEFAULT);

        assertThat(judgement.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(fact(judgement, "psi", "all").samples()).isZero();
    }

    @Test
    void inputsCountedInOtherBinsThanTheReferenceCannotBeEvaluated() {
        assertThat(judge(new Sample().normal(900, 900).inputs(new Counts(1, 2, 3)))
                        .verdict())
                .isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void aModelWhoseOwnerGaveNoReferenceDataCanBeStable() {
        var noData = new Reference(List.of("normal", "event"), new ReferenceProfile(List.of()));

        assertThat(VerdictRules.judge(
                                new Sample().normal(900, 900).windows(),
                                Truth.UNKNOWN,
                                Optional.of(noData),
                                VerdictPolicy.DEFAULT)
                        .verdict())
                .isEqualTo(Verdict.STABLE);
    }

    @Test
    void aFewValuesThatMovedByChanceAreNotDrift() {
        // 8 values: a PSI far above the floor, and still no news
        var judgement = judge(new Sample().normal(900, 900).inputs(new Counts(2, 1, 4, 1)));

        assertThat(fact(judgement, "psi", "humidity").threshold()).isGreaterThan(VerdictPolicy.DEFAULT.psiFloor());
        assertThat(judgement.verdict()).isEqualTo(Verdict.STABLE);
    }

    @Test
    void valuesThatFollowEachOtherAreNotDriftWhereIndependentOnesAre() {
        // Given: the same sum, once of windows that are alike, once of windows far from one another
        var alike = new Counts(200, 400, 400, 200);
        var apart = List.of(
                new Counts(800, 400, 0, 0),
                new Counts(0, 800, 400, 0),
                new Counts(0, 0, 800, 400),
                new Counts(0, 400, 400, 400));

        var steady = windows(List.of(alike, alike, alike, alike));
        var wandering = windows(apart);

        assertThat(psi(steady).threshold()).isEqualTo(VerdictPolicy.DEFAULT.psiFloor());
        assertThat(psi(wandering).threshold()).isGreaterThan(5);
        assertThat(psi(wandering).breached()).isFalse();
    }

    @Test
    void theHistogramsOfTheFeaturesThatAreFarthestAreTold() {
        // When
        var judgement = judge(new Sample().normal(500, 500).inputs(MOVED));
        // Then
        assertThat(judgement.inputs())
                .containsExactly(new InputHistogram("humidity", List.of(20.0, 40.0, 60.0), USUAL, MOVED, 0));
    }

    @Test
    void ofManyFeaturesAFewAreToldTheFarthestFirstAndOfUnknownOnesNone() {
        // Given
        var names = IntStream.range(0, 40).mapToObj(i -> "f" + i).toList();
        var profile = new ReferenceProfile(names.stream()
                .map(name -> new ReferenceProfile.Feature(name, List.of(20.0, 40.0, 60.0), USUAL))
                .toList());
        var counts = IntStream.range(0, 40)
                .mapToObj(i -> new FeatureCounts("f" + i, new Counts(100 + 10L * i, 400, 400, 100), 0))
                .toList();
        var stats = new HorizonStats(1000, List.of(), Fidelity.NONE, counts, LatencyHistogram.EMPTY);
        // When
        var told = VerdictRules.judge(
                HorizonWindows.of(List.of(stats)),
                Truth.UNKNOWN,
                Optional.of(new Reference(List.of(), profile)),
                VerdictPolicy.DEFAULT);
        var untold = VerdictRules.judge(
                HorizonWindows.of(List.of(stats)), Truth.UNKNOWN, Optional.empty(), VerdictPolicy.DEFAULT);
        // Then
        assertThat(told.inputs())
                .extracting(InputHistogram::feature)
                .containsExactly("f39", "f38", "f37", "f36", "f35", "f34");
        assertThat(untold.inputs()).isEmpty();
    }

    private static Evidence psi(List<HorizonStats> windows) {
        var judgement = VerdictRules.judge(
                HorizonWindows.of(windows), Truth.UNKNOWN, Optional.of(REFERENCE), VerdictPolicy.DEFAULT);
        return fact(judgement, "psi", "humidity");
    }

    private static List<HorizonStats> windows(List<Counts> humidity) {
        return humidity.stream()
                .flatMap(counts -> new Sample().normal(120, 120).inputs(counts).windows().each().stream())
                .toList();
    }

    private static Judgement judge(Sample sample) {
        return judge(sample, List.of());
    }

    private static Judgement judge(Sample sample, List<LabelScore> labels) {
        return VerdictRules.judge(sample.windows(), Truth.of(labels), Optional.of(REFERENCE), VerdictPolicy.DEFAULT);
    }

    private static Evidence fact(Judgement judgement, String measure, String subject) {
        return judgement.evidence().stream()
                .filter(e -> e.measure().equals(measure) && e.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + measure + " of " + subject + " in " + judgement));
    }
}
