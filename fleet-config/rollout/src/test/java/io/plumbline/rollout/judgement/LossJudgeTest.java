package io.plumbline.rollout.judgement;

import static io.plumbline.rollout.Known.BASELINE;
import static io.plumbline.rollout.Known.CANDIDATE;
import static io.plumbline.rollout.Known.GW_NORTH;
import static io.plumbline.rollout.Known.GW_SOUTH;
import static io.plumbline.rollout.Known.NORTH;
import static io.plumbline.rollout.Known.SOUTH;
import static io.plumbline.rollout.Known.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.rollout.Known;
import io.plumbline.rollout.evidence.DeviceTally;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LossJudgeTest {

    private static final QualityGate GATE = QualityGate.USUAL;
    private static final DeviceTally NOT_REHEARSED = DeviceTally.of(List.of(), T0, List.of(), DeviceLimits.USUAL, T0);

    @Test
    void provesThatNothingIsLostAndThatTooMuchIs() {
        // When
        var same = judge(health(CANDIDATE, NORTH, 9000, 8910), health(BASELINE, NORTH, 9000, 8910));
        var lost = judge(health(CANDIDATE, NORTH, 9000, 8550), health(BASELINE, NORTH, 9000, 8910));
        var few = judge(health(CANDIDATE, NORTH, 300, 291), health(BASELINE, NORTH, 300, 297));
        // Then
        assertThat(same.decision()).isEqualTo(Decision.PASS);
        assertThat(lost.decision()).isEqualTo(Decision.FAIL);
        assertThat(lost.because()).contains("points of agreement against the baseline");
        assertThat(few.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(few.evidence()).extracting(Evidence::measure).containsOnly("loss");
    }

    @Test
    void doesNotBlameTheBuildForAnotherSite() {
        // Given a site on which every build loses more, and the baseline known elsewhere only
        var candidate = health(CANDIDATE, NORTH, 9000, 8840);
        // When
        var judgement = judge(candidate, health(BASELINE, SOUTH, 9000, 8980));
        // Then
        assertThat(judgement.decision()).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void weighsTheBaselineAsTheCandidateIsSpread() {
        // Given the hard site has most of the candidate's inputs and few of the baseline's
        var candidate = List.of(health(CANDIDATE, NORTH, 8000, 7600), health(CANDIDATE, SOUTH, 1000, 1000));
        var baseline = List.of(health(BASELINE, NORTH, 4000, 3800), health(BASELINE, SOUTH, 40_000, 40_000));
        // When
        var judgement = LossJudge.judge(candidate, new BeforeBySite(baseline), NOT_REHEARSED, GATE);
        // Then
        assertThat(judgement.decision()).isNotEqualTo(Decision.FAIL);
        assertThat(judgement.evidence().get(0).value()).isBetween(-0.001, 0.001);
    }

    @Test
    void isHeldAgainstFp32WhereNobodyComparedTheBaseline() {
        assertThat(alone(740, 739)).isEqualTo(Decision.PASS);
        assertThat(alone(9000, 8500))
                .as("5.6 points, and 2 are allowed: it may be a hard site")
                .isEqualTo(Decision.CONTINUE);
        assertThat(alone(9000, 7700)).isEqualTo(Decision.FAIL);
    }

    @Test
    void takesAHardSiteForNoLossAndMoreThanThatForOne() {
        // Given the baseline was compared elsewhere only, with 99.5 %
        var baseline = health(BASELINE, SOUTH, 9000, 8955);
        // When
        var hard = judge(health(CANDIDATE, NORTH, 9000, 8550), baseline);
        var lost = judge(health(CANDIDATE, NORTH, 9000, 7700), baseline);
        // Then
        assertThat(hard.decision()).isEqualTo(Decision.CONTINUE);
        assertThat(lost.decision()).isEqualTo(Decision.FAIL);
        assertThat(lost.because()).contains("against the baseline, elsewhere, more than 10.00");
    }

    @Test
    void doesNotHoldABuildAgainstFp32AloneWhereTheBaselineIsNoBetterElsewhere() {
        assertThat(judge(health(CANDIDATE, NORTH, 9000, 7700), health(BASELINE, SOUTH, 9000, 7700))
                        .decision())
                .isEqualTo(Decision.CONTINUE);
    }

    @Test
    void takesRehearsalsForPairsAtTheirWorst() {
        // Given
        var candidate = List.of(health(CANDIDATE, NORTH, 300, 297));
        var baseline = List.of(health(BASELINE, NORTH, 300, 297));
        // When
        var proven = LossJudge.judge(
                candidate,
                new BeforeBySite(baseline),
                rehearsed(Standing.RUNS_CANDIDATE, new RehearsalScore(20_000, 19_800, 19_810)),
                GATE);
        var lost = LossJudge.judge(
                candidate,
                new BeforeBySite(baseline),
                rehearsed(Standing.RUNS_CANDIDATE, new RehearsalScore(20_000, 19_800, 19_300)),
                GATE);
        // Then
        assertThat(proven.decision()).isEqualTo(Decision.PASS);
        assertThat(lost.decision()).isEqualTo(Decision.FAIL);
        assertThat(lost.because()).contains("the baseline, rehearsed");
    }

    @Test
    void takesTheRehearsalsOfThoseThatDidNotRefuseForNoProof() {
        // Given
        var candidate = List.of(health(CANDIDATE, NORTH, 300, 297));
        var baseline = List.of(health(BASELINE, NORTH, 300, 297));
        var score = new RehearsalScore(20_000, 19_800, 19_810);
        // When
        var all =
                LossJudge.judge(candidate, new BeforeBySite(baseline), rehearsed(Standing.RUNS_CANDIDATE, score), GATE);
        var chosen = LossJudge.judge(candidate, new BeforeBySite(baseline), rehearsed(Standing.REFUSED, score), GATE);
        // Then
        assertThat(all.decision()).isEqualTo(Decision.PASS);
        assertThat(chosen.decision()).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void takesAnEasySiteForNoProof() {
        // Given a site on which the baseline was never compared, and all others, which are harder
        var candidate = health(CANDIDATE, NORTH, 9000, 8780);
        // When
        var judgement = judge(candidate, health(BASELINE, SOUTH, 9000, 8550));
        // Then
        assertThat(judgement.decision()).isNotEqualTo(Decision.PASS);
    }

    @Test
    void isRarelyMisledHoweverOftenItIsLookedAt() {
        // Given
        var random = new SplittableRandom(11);
        var stopped = 0;
        var passedBad = 0;
        // When 200 pairs of builds are looked at after every 100 inputs
        for (int run = 0; run < 200; run++) {
            stopped += first(random, 0.97, 0.97) == Decision.FAIL ? 1 : 0;
            passedBad += first(random, 0.97, 0.96) == Decision.PASS ? 1 : 0;
        }
        // Then
        assertThat(stopped).isLessThanOrEqualTo(10);
        assertThat(passedBad).isLessThanOrEqualTo(10);
    }

    /** The first decision in 10,000 inputs per build. */
    private static Decision first(SplittableRandom random, double before, double after) {
        long agreedBefore = 0;
        long agreedAfter = 0;
        for (int n = 100; n <= 10_000; n += 100) {
            for (int i = 0; i < 100; i++) {
                agreedBefore += random.nextDouble() < before ? 1 : 0;
                agreedAfter += random.nextDouble() < after ? 1 : 0;
            }
            var judgement = judge(health(CANDIDATE, NORTH, n, agreedAfter), health(BASELINE, NORTH, n, agreedBefore));
            if (judgement.decision() != Decision.CONTINUE) {
                return judgement.decision();
            }
        }
        return Decision.CONTINUE;
    }

    private static DeviceTally rehearsed(Standing other, RehearsalScore score) {
        return DeviceTally.of(
                List.of(GW_NORTH, GW_SOUTH),
                T0,
                List.of(
                        new GatewayStanding(
                                GW_NORTH,
                                NORTH,
                                Standing.RUNS_CANDIDATE,
                                "",
                                T0,
                                Optional.empty(),
                                Optional.of(score),
                                Optional.empty()),
                        new GatewayStanding(GW_SOUTH, SOUTH, other, "", T0)),
                DeviceLimits.USUAL,
                T0);
    }

    private static Decision alone(long compared, long agreed) {
        var candidate = List.of(health(CANDIDATE, NORTH, compared, agreed));
        return LossJudge.judge(candidate, new BeforeBySite(List.of()), NOT_REHEARSED, GATE)
                .decision();
    }

    private static Judgement judge(Trial candidate, Trial baseline) {
        return LossJudge.judge(List.of(candidate), new BeforeBySite(List.of(baseline)), NOT_REHEARSED, GATE);
    }

    private static Trial health(Digest build, SiteId site, long compared, long agreed) {
        var counted = new Fidelity(List.of(new ClassAgreement("any", compared, agreed)), 0, List.of());
        return Trial.ofCandidate(Optional.empty(), Known.health(build, site, counted, T0));
    }
}
